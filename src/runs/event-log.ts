import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Fault } from '../core/errors.js';
import type { Event, EventRequest } from '../core/event.js';
import { invalid, type HooklineError } from '../core/errors.js';
import { uuidFloor } from '../core/id.js';
import { RunState } from '../core/run.js';
import { arrayLiteral } from '../platform/database/array-literal.js';
import { Database } from '../platform/database/database.js';
import { parseRequest } from './claimed-run.js';
import { ACCEPT } from './statements.js';

/** An event on its way into the log, with the runs it starts. */
export interface NewEvent extends Event {
  /** SHA-256 of its content; null without an external id. */
  contentHash: Buffer | null;
  runs: NewRun[];
  /** JSON; why other integrations that looked at it do not run. */
  passedOver: string | null;
  /** What of its data does not satisfy its type's schema, where that is only noted. */
  schemaFaults: Fault[] | null;
  /** What else a CloudEvent said of itself: extensions, `datacontenttype`, `dataschema`. */
  attributes: EventAttributes | null;
}

export type EventAttributes = Record<string, string | number | boolean>;

export interface NewRun {
  id: string;
  integrationId: string;
  version: number | null;
  definitionId: number;
  lane: number;
  held: boolean;
  /** The worker that starts it from memory; null leaves it to whoever pulls it. */
  owner: number | null;
}

export interface AcceptAnswer {
  /** False: matched against integrations of yesterday; nothing was written. */
  fresh: boolean;
  /** Ids of those events with an external id that are new; the others were known. */
  keyed: Set<string>;
  /** Run numbers by run id. */
  numbers: Map<string, number>;
}

export interface StoredEvent {
  id: string;
  type: string;
  source: string;
  subject: string | null;
  externalId: string | null;
  orderingKey: string | null;
  time: Date;
  receivedAt: Date;
  dataBytes: number;
  runIds: string[];
  heldRunIds: string[];
  passedOver: string | null;
  /** The event whose data a person changed to make this one. */
  editedFrom: string | null;
}

export interface EventFilter {
  type?: string;
  source?: string;
  subject?: string;
  /** Milliseconds; inclusive. */
  fromMs?: number;
  /** Milliseconds; exclusive. */
  toMs?: number;
  q?: string;
  beforeId: string | null;
  limit: number;
}

const COLUMNS = `id, type, source, subject, external_id as "externalId", ordering_key as "orderingKey", occurred_at as time,
  received_at as "receivedAt", data_bytes as "dataBytes", run_ids as "runIds", held_run_ids as "heldRunIds",
  passed_over as "passedOver", edited_from as "editedFrom"`;

/** A text search reads the payload of every event in its range. */
const MAX_SEARCH_MS = 10_000;

/** The log of what came in. Events and their first runs are written in one statement: both or none. */
@Injectable()
export class EventLog {
  constructor(private readonly database: Database) {}

  /** @param epoch of the match index that decided the runs. @param wake offer the queued runs to the workers. */
  async accept(events: NewEvent[], epoch: string, wake: boolean): Promise<AcceptAnswer> {
    const runs = events.flatMap((event) => event.runs.map((run) => ({ event, run })));
    const column = (pick: (of: (typeof runs)[number]) => string | number | null) => arrayLiteral(runs.map(pick));
    const { rows } = await this.database.hot.query<AcceptRow>({
      ...ACCEPT,
      values: [
        arrayLiteral(events.map((event) => event.id)),
        events.map((event) => event.type),
        events.map((event) => event.source),
        events.map((event) => event.subject),
        events.map((event) => event.externalId),
        events.map((event) => event.orderingKey),
        arrayLiteral(events.map((event) => event.time)),
        events.map((event) => event.dataText),
        events.map((event) => event.contentHash),
        events.map((event) => uuidArray(event.runs.filter((run) => !run.held))),
        events.map((event) => uuidArray(event.runs.filter((run) => run.held))),
        events.map((event) => event.passedOver),
        column(({ run }) => run.id),
        column(({ event }) => event.id),
        column(({ run }) => run.integrationId),
        column(({ run }) => run.version),
        column(({ run }) => run.definitionId),
        column(({ run }) => run.lane),
        column(({ run }) => run.owner),
        column(({ run }) => (run.held ? RunState.held : run.owner === null ? RunState.queued : RunState.running)),
        epoch,
        wake,
        rareTexts(events, (event) => event.request),
        rareTexts(events, (event) => event.schemaFaults),
        rareTexts(events, (event) => event.attributes),
      ],
    });
    const [row] = rows;
    return {
      fresh: row.fresh,
      keyed: new Set(row.keyed_ids),
      numbers: new Map(row.run_ids?.map((id, index) => [id, Number(row.run_numbers![index])])),
    };
  }

  /** An event of the engine's own, in the transaction that makes its one run. */
  async record(tx: EntityManager, event: Event, runId: string): Promise<void> {
    await tx.query(
      `insert into events (id, type, source, subject, occurred_at, data_bytes, run_ids, held_run_ids)
       values ($1, $2, $3, $4, $5, octet_length($6), array[$7]::uuid[], '{}')`,
      [event.id, event.type, event.source, event.subject, event.time, event.dataText, runId],
    );
    await tx.query(`insert into event_payloads (event_id, data) values ($1, $2)`, [event.id, event.dataText]);
  }

  /** The same event with other data, for one run: what was received stays as it was. */
  async recordEdited(tx: EntityManager, id: string, of: string, dataText: string, runId: string): Promise<void> {
    await tx.query(
      `insert into events (id, type, source, subject, ordering_key, occurred_at, data_bytes, run_ids, held_run_ids, edited_from)
       select $1, type, source, subject, ordering_key, occurred_at, octet_length($3), array[$4]::uuid[], '{}', coalesce(edited_from, id)
       from events where id = $2`,
      [id, of, dataText, runId],
    );
    await tx.query(
      `insert into event_payloads (event_id, data, request)
       values ($1, $3, (select request from event_payloads where event_id = $2))`,
      [id, of, dataText],
    );
  }

  /** The events known by (source, external id), with the hash of their content. */
  async findKeyed(keys: { source: string; externalId: string }[]): Promise<KeyedEvent[]> {
    const { rows } = await this.database.hot.query<KeyedEvent>(
      `select k.source, k.external_id as "externalId", k.content_hash as "contentHash", k.event_id as "eventId",
              coalesce(e.run_ids, '{}') as "runIds", coalesce(cardinality(e.held_run_ids), 0) as held
       from unnest($1::text[], $2::text[]) u (source, external_id)
       join event_keys k using (source, external_id) left join events e on e.id = k.event_id`,
      [keys.map(({ source }) => source), keys.map(({ externalId }) => externalId)],
    );
    return rows;
  }

  /** Newest first. */
  async list(filter: EventFilter): Promise<StoredEvent[]> {
    const where: string[] = [];
    const values: unknown[] = [];
    const bind = (value: unknown) => `$${values.push(value)}`;
    if (filter.type !== undefined) where.push(`type = ${bind(filter.type)}`);
    if (filter.source !== undefined) where.push(`source = ${bind(filter.source)}`);
    if (filter.subject !== undefined) where.push(`subject = ${bind(filter.subject)}`);
    if (filter.fromMs !== undefined) where.push(`id >= ${bind(uuidFloor(filter.fromMs))}`);
    if (filter.toMs !== undefined) where.push(`id < ${bind(uuidFloor(filter.toMs))}`);
    if (filter.beforeId !== null) where.push(`id < ${bind(filter.beforeId)}`);
    if (filter.q !== undefined) {
      const like = bind(`%${filter.q.replace(/[\\%_]/g, '\\$&')}%`);
      where.push(
        `(type ilike ${like} or subject ilike ${like} or external_id ilike ${like} or exists (
           select from event_payloads p where p.event_id = events.id and p.data ilike ${like}))`,
      );
    }
    const sql = `select ${COLUMNS} from events ${where.length > 0 ? `where ${where.join(' and ')}` : ''}
       order by id desc limit ${bind(filter.limit)}`;
    if (filter.q === undefined) return this.database.source.query<StoredEvent[]>(sql, values);
    return this.database.source
      .transaction(async (tx) => {
        await tx.query(`set local statement_timeout = ${MAX_SEARCH_MS}`);
        return tx.query<StoredEvent[]>(sql, values);
      })
      .catch((error: unknown) => {
        throw isTimeout(error) ? tooSlow() : error;
      });
  }

  /** With their payloads, oldest first; those that do not exist are left out. */
  async findMany(db: EntityManager, ids: string[]): Promise<StoredPayload[]> {
    const rows = await db.query<(StoredEvent & PayloadRow)[]>(
      `select ${COLUMNS}, ${PAYLOAD_COLUMNS}
       from events left join event_payloads p on p.event_id = events.id where id = any($1::uuid[]) order by id`,
      [ids],
    );
    return rows.map(withPayload);
  }

  /** Every run of these events, oldest first; tests left out. */
  async runsOf(db: EntityManager, eventIds: string[]): Promise<EventRun[]> {
    return db.query<EventRun[]>(
      `select id, event_id as "eventId", integration_id as "integrationId" from runs
       where not test and id in (
         select unnest(run_ids || held_run_ids) from events where id = any($1::uuid[])
         union all select id from runs where event_id = any($1::uuid[]) and added)
       order by id`,
      [eventIds],
    );
  }

  /** With its payload; null where there is no such event. */
  async find(id: string): Promise<StoredPayload | null> {
    const [event] = await this.findMany(this.database.source.manager, [id]);
    return event ?? null;
  }
}

export interface EventRun {
  id: string;
  eventId: string;
  integrationId: string;
}

export interface StoredPayload extends StoredEvent {
  /** JSON text as it was received; null where retention has removed it. */
  data: string | null;
  request: EventRequest | null;
  schemaFaults: Fault[];
  attributes: EventAttributes;
}

const PAYLOAD_COLUMNS = `p.data, p.request, p.schema_faults as "schemaFaults", p.attributes`;
type PayloadRow = Record<'data' | 'request' | 'schemaFaults' | 'attributes', string | null>;

const withPayload = (row: StoredEvent & PayloadRow): StoredPayload => ({
  ...row,
  request: parseRequest(row.request),
  schemaFaults: row.schemaFaults === null ? [] : (JSON.parse(row.schemaFaults) as Fault[]),
  attributes: row.attributes === null ? {} : (JSON.parse(row.attributes) as EventAttributes),
});

export interface KeyedEvent {
  source: string;
  externalId: string;
  contentHash: Buffer;
  eventId: string;
  runIds: string[];
  held: number;
}

interface AcceptRow {
  fresh: boolean;
  keyed_ids: string[] | null;
  run_ids: string[] | null;
  run_numbers: string[] | null;
}

/** JSON texts of what few events have: an empty list where none of these has it, which costs nothing to send. */
function rareTexts(events: NewEvent[], of: (event: NewEvent) => object | null): (string | null)[] {
  if (!events.some(of)) return [];
  return events.map((event) => {
    const value = of(event);
    return value && JSON.stringify(value);
  });
}

/** A PostgreSQL array literal: arrays of arrays must be rectangular, these are not. */
const uuidArray = (runs: NewRun[]): string => `{${runs.map((run) => run.id).join(',')}}`;

/** SQLSTATE 57014: the statement was canceled by its time-out. */
const isTimeout = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '57014';

function tooSlow(): HooklineError {
  const message = 'Looking for this text takes too long: choose a shorter time ("from", "to"), or a type.';
  return invalid('too_slow', [{ path: '/q', code: 'too_slow', message }]);
}
