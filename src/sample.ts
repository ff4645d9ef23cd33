import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IntegrationsService } from './integrations/integrations.service.js';
import { Database } from './platform/database/database.js';

/** What makes the sample run. */
export const SAMPLE_EVENT = { type: 'hookline.welcome', data: { name: 'Ada' } };

/** The integration that a new, embedded database begins with: On, and calling nobody but the inspector. */
export async function makeSample(app: NestFastifyApplication, inspectorUrl: string): Promise<void> {
  const database = app.get(Database, { strict: false });
  // Anything ever published or drawn has left a trace; a sample that was deleted does not come back.
  const [{ untouched }] = await database.source.query<{ untouched: boolean }[]>(
    `select epoch = 1 and not exists (select from integrations) as untouched from match_epoch`,
  );
  if (!untouched) return;
  const integrations = app.get(IntegrationsService, { strict: false });
  const id = await integrations.create(sampleIntegration(inspectorUrl), 'system');
  await integrations.setState(id, { state: 'on', held: 'keep' }, 'system');
}

const sampleIntegration = (inspectorUrl: string) => ({
  name: 'Welcome event to the inspector',
  description: 'A sample: sends what a welcome event says to the built-in inspector. Change it, or delete it.',
  trigger: { type: 'event', eventType: SAMPLE_EVENT.type },
  steps: [
    {
      key: 'tell_inspector',
      name: 'Tell the inspector',
      action: 'post',
      input: {
        url: `${inspectorUrl}/welcome`,
        body: [
          { key: 'greeting', value: 'Hello {{ trigger.data.name }}' },
          { key: 'event', value: '{{ trigger.id }}' },
          { key: 'receivedAt', value: '{{ trigger.time }}' },
        ],
      },
    },
  ],
});
