import { Injectable } from '@nestjs/common';
import { HooklineError, notFound } from '../core/errors.js';
import { DEFAULT_SOURCE, triggerScope } from '../core/event.js';
import { formatId, newUuid, parseId } from '../core/id.js';
import { parseJson } from '../core/json.js';
import type { NamedDefinition } from '../integrations/integrations.service.js';
import type { Scope } from '../platform/expressions/template.js';
import { EventLog } from '../runs/event-log.js';
import type { Sample } from './sample.schema.js';

/** What expressions see of a sample: the names that a run has, with made-up values where there is no run. */
@Injectable()
export class SampleScope {
  constructor(private readonly events: EventLog) {}

  /**
   * @param bodyText the request as it was received, so that the sample's numbers keep their digits.
   * @param draft null: no integration is in scope.
   */
  async of(draft: NamedDefinition | null, runId: string, sample: Sample, bodyText: string): Promise<Scope> {
    const sent = parseJson(bodyText) as { event?: { data: unknown }; steps?: Record<string, unknown> };
    return {
      trigger:
        sample.eventId === undefined
          ? written(draft, sample, sent.event?.data ?? {})
          : await this.stored(sample.eventId),
      steps: sent.steps ?? {},
      run: { id: formatId('run', runId), number: 0, startedAt: new Date().toISOString() },
      integration: draft && { id: formatId('int', draft.integrationId), name: draft.name },
    };
  }

  /** What `trigger` is. Throws 404, and 409 where the event's data has been removed. @param eventId `evt_…` */
  async stored(eventId: string): Promise<Scope> {
    const uuid = parseId('evt', eventId);
    const event = uuid && (await this.events.find(uuid));
    if (!event) throw notFound('event', eventId);
    if (event.data === null) {
      throw new HooklineError('conflict', 'data_expired', `The data of ${eventId} was removed: choose a newer event.`);
    }
    return triggerScope({ ...event, id: eventId, time: event.time.toISOString() }, parseJson(event.data));
  }
}

function written(draft: NamedDefinition | null, { event }: Sample, data: unknown): Scope {
  const type = event?.type ?? [draft?.definition.trigger.eventType ?? 'manual.started'].flat()[0];
  return {
    id: event?.id ?? formatId('evt', newUuid()),
    type,
    source: event?.source ?? DEFAULT_SOURCE,
    subject: event?.subject ?? null,
    time: event?.time ?? new Date().toISOString(),
    data,
  };
}
