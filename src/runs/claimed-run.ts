import type { Event, EventRequest } from '../core/event.js';
import { uuidTimeMs } from '../core/id.js';
import type { Work } from '../platform/queue/dispatcher.js';

/** A run that this process owns, with all it takes to execute it. */
export interface ClaimedRun extends Work {
  number: number;
  /** Written with every change of the run; refused once another process has taken over. */
  fence: number;
  integrationId: string;
  /** Null: a draft. */
  version: number | null;
  definitionId: number;
  /** The first run of the replay chain: what makes its idempotency keys. */
  chainId: string;
  startedAt: Date;
  test: boolean;
  /** False: somebody may have begun it before, so its attempts must be read first. */
  fresh: boolean;
  event: Pick<Event, 'id' | 'type' | 'source' | 'subject' | 'time' | 'dataText' | 'request'>;
}

/** One row of `pull` and `claim`. */
export interface ClaimedRow {
  id: string;
  number: string;
  lane: number;
  fence: number;
  integration_id: string;
  version: number | null;
  definition_id: number;
  chain_id: string;
  started_at: Date;
  test: boolean;
  event_id: string;
  type: string;
  source: string;
  subject: string | null;
  occurred_at: Date;
  data: string;
  request: string | null;
}

export const claimedRun = (row: ClaimedRow): ClaimedRun => ({
  id: row.id,
  number: Number(row.number),
  lane: row.lane,
  bytes: row.data.length,
  fence: row.fence,
  integrationId: row.integration_id,
  version: row.version,
  definitionId: row.definition_id,
  chainId: row.chain_id,
  startedAt: row.started_at,
  test: row.test,
  fresh: row.fence === 1, // its first owner: nobody can have begun it
  event: {
    id: row.event_id,
    type: row.type,
    source: row.source,
    subject: row.subject,
    time: row.occurred_at.toISOString(),
    dataText: row.data,
    request: parseRequest(row.request),
  },
});

/** An event's request as the database holds it. */
export const parseRequest = (text: string | null): EventRequest | null =>
  text === null ? null : (JSON.parse(text) as EventRequest);

/** The lane that counts the calls of an integration: 31 random bits of its id. Two that share one merely share its cap. */
export const laneOf = (integrationId: string): number => parseInt(integrationId.slice(-8), 16) & 0x7fffffff;

/** When a run was made. */
export const runCreatedAt = (id: string): Date => new Date(uuidTimeMs(id));
