import type { Trigger } from '../api/types.js';

/** Another kind of trigger, with every default written out as the server would give it back. What all kinds have stays. */
export function newTrigger(type: Trigger['type'], now: Trigger, timezone = 'UTC'): Trigger {
  const { filter, path, whenOff, orderingKey } = now;
  const shared = { eventType: null, filter, path, whenOff, orderingKey };
  switch (type) {
    case 'event':
    case 'manual':
      return { type, ...shared };
    case 'webhook':
      return {
        type,
        ...shared,
        methods: ['POST'],
        verification: {
          preset: 'none',
          connectionId: null,
          toleranceSeconds: 300,
          replays: 'refuse',
          header: 'X-Signature',
          prefix: '',
          algorithm: 'sha256',
          encoding: 'hex',
          signedContent: '{body}',
          timestampHeader: null,
          idHeader: null,
        },
        answer: 'accepted',
      };
    case 'schedule':
      return { type, ...shared, cron: '0 9 * * 1-5', timezone, missed: 'none' };
  }
}
