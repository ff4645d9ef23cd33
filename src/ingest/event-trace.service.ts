import { Injectable } from '@nestjs/common';
import { notFound } from '../core/errors.js';
import { formatId } from '../core/id.js';
import { parseJson } from '../core/json.js';
import { ArchivedListeners } from '../integrations/archived-listeners.js';
import { IntegrationNames } from '../integrations/integration-names.js';
import { EventLog, type StoredEvent, type StoredPayload } from '../runs/event-log.js';
import { RunReader } from '../runs/run-reader.js';
import { runItem } from '../runs/run-view.js';
import type { EventDetail, EventItem } from './event.schema.js';

const MAX_RUNS = 250;

/** What became of an event: its runs, and for every integration that looked at it and did not run it, why. */
@Injectable()
export class EventTrace {
  constructor(
    private readonly log: EventLog,
    private readonly runs: RunReader,
    private readonly names: IntegrationNames,
    private readonly archived: ArchivedListeners,
  ) {}

  async of(id: string): Promise<EventDetail> {
    const event = await this.log.find(id);
    if (!event) throw notFound('event', formatId('evt', id));
    const runs = await this.runs.list({ eventId: id, beforeId: null, limit: MAX_RUNS });
    const ran = new Set(runs.map((run) => run.integrationId));
    const reasons = (await this.reasons(event)).filter(({ integrationId }) => !ran.has(integrationId));
    const names = await this.names.namesOf(reasons.map(({ integrationId }) => integrationId));
    return {
      ...eventItem(event),
      data: event.data === null ? null : parseJson(event.data),
      request: event.request,
      schemaFaults: event.schemaFaults,
      attributes: event.attributes,
      runLog: runs.map(runItem),
      passedOver: reasons.map(({ integrationId, reason }) => ({
        integrationId: formatId('int', integrationId),
        integrationName: names.get(integrationId) ?? null,
        reason,
      })),
    };
  }

  private async reasons(event: StoredPayload): Promise<{ integrationId: string; reason: string }[]> {
    const recorded = JSON.parse(event.passedOver ?? '[]') as { integrationId: string; reason: string }[];
    const archived = await this.archived.find(event.type, event.receivedAt);
    const known = new Set(recorded.map(({ integrationId }) => integrationId));
    const unknown = archived.filter((id) => !known.has(id));
    return [...recorded, ...unknown.map((integrationId) => ({ integrationId, reason: 'archived' }))];
  }
}

export const eventItem = (event: StoredEvent): EventItem => ({
  id: formatId('evt', event.id),
  type: event.type,
  source: event.source,
  subject: event.subject,
  externalId: event.externalId,
  orderingKey: event.orderingKey,
  time: event.time.toISOString(),
  receivedAt: event.receivedAt.toISOString(),
  dataBytes: event.dataBytes,
  runs: event.runIds.map((id) => formatId('run', id)),
  held: event.heldRunIds.length,
  editedFrom: event.editedFrom && formatId('evt', event.editedFrom),
});
