import { Injectable } from '@nestjs/common';
import { DEFAULT_SOURCE, type Event } from '../core/event.js';
import { HooklineError, notFound } from '../core/errors.js';
import { formatId, newUuid, uuidTimeMs } from '../core/id.js';
import { listenedTypes } from '../core/definition.js';
import { RunnableIntegrations, type RunnableIntegration } from '../integrations/runnable-integrations.js';
import { Database } from '../platform/database/database.js';
import { EventLog } from '../runs/event-log.js';
import { RunCreator, type AddedRun } from '../runs/run-creator.js';
import { refuseLongData } from './event-data.js';

/** What a test shows its draft; everything but the data has a default. */
export interface SampleEvent {
  type?: string;
  source?: string;
  subject?: string | null;
  time?: string;
}

/** Runs that a person starts. Each has an event on record, like every other run. */
@Injectable()
export class MadeRuns {
  constructor(
    private readonly database: Database,
    private readonly events: EventLog,
    private readonly creator: RunCreator,
    private readonly integrations: RunnableIntegrations,
  ) {}

  /** Runs what is published, whatever its trigger and its condition say; answers the run's id. */
  startManually(integrationId: string, dataText: string): Promise<string> {
    return this.make(integrationId, 'on', () => eventOf({ type: 'manual.started' }, dataText));
  }

  /** Runs the draft on a sample; answers the run's id. */
  testWith(integrationId: string, sample: SampleEvent, dataText: string): Promise<string> {
    return this.make(integrationId, 'draft', ({ definition }) =>
      eventOf({ ...sample, type: sample.type ?? listenedTypes(definition.trigger)[0] ?? 'manual.started' }, dataText),
    );
  }

  /** Runs the draft on an event of the log; answers the run's id. */
  async testOn(integrationId: string, eventId: string): Promise<string> {
    const event = await this.events.find(eventId);
    if (!event) throw notFound('event', formatId('evt', eventId));
    if (event.data === null) {
      const message = `The data of ${formatId('evt', eventId)} was removed: choose a newer event.`;
      throw new HooklineError('conflict', 'data_expired', message);
    }
    return this.make(integrationId, 'draft', () => eventId);
  }

  /** @param shows the event to run: a new one, or the id of one in the log */
  private async make(
    integrationId: string,
    which: 'on' | 'draft',
    shows: (integration: RunnableIntegration) => Event | string,
  ): Promise<string> {
    const run = await this.database.source.transaction(async (tx) => {
      const { integrations } = this;
      const integration =
        which === 'on' ? await integrations.on(tx, integrationId) : await integrations.find(tx, integrationId, which);
      if (!integration) throw notFound('integration', formatId('int', integrationId));
      const shown = shows(integration);
      const id = newUuid();
      const made: AddedRun = {
        id,
        eventId: typeof shown === 'string' ? shown : shown.id,
        integrationId,
        version: integration.version,
        definitionId: integration.definitionId,
        test: which === 'draft',
        replayOf: null,
        chainId: id,
        depth: 0,
        taken: [],
      };
      if (typeof shown !== 'string') await this.events.record(tx, shown, id);
      await this.creator.create(tx, [made]);
      return made;
    });
    this.creator.started([run]);
    return run.id;
  }
}

function eventOf({ type, source, subject, time }: SampleEvent & { type: string }, dataText: string): Event {
  refuseLongData(dataText);
  const id = newUuid();
  return {
    id,
    externalId: null,
    source: source ?? DEFAULT_SOURCE,
    type,
    subject: subject ?? null,
    time: new Date(time ?? uuidTimeMs(id)).toISOString(),
    orderingKey: null,
    dataText,
    request: null,
  };
}
