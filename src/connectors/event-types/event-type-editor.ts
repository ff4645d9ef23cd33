import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { HooklineError, invalid, notFound, pointer, type Fault } from '../../core/errors.js';
import { Database } from '../../platform/database/database.js';
import { changeMatching } from '../../platform/database/match-epoch.js';
import { DataCheck, schemaFaults } from '../json-schema/data-check.js';
import { findBuiltinType } from './builtin-types.js';
import type { EventType, JsonSchema, Validation } from './event-type.js';
import type { EventTypePatch, NewEventType } from './event-type.schema.js';
import { EventTypes, type CustomBody } from './event-types.js';

/** So that every process can hold them in memory. */
const MAX_CUSTOM = 500;

/** Makes, changes and deletes event types. What it has committed is what every process judges the next event by. */
@Injectable()
export class EventTypeEditor {
  constructor(
    private readonly database: Database,
    private readonly types: EventTypes,
  ) {}

  async create({ name, validation, title = titleOf(name), ...rest }: NewEventType, by: string): Promise<EventType> {
    const body: CustomBody = { ...rest, title };
    requireSound(body.schema, body.sample);
    await this.change(async (tx, epoch) => {
      const [{ count }] = await tx.query<{ count: number }[]>(
        `select count(*)::int count from event_types where body is not null`,
      );
      if (count >= MAX_CUSTOM)
        throw conflict('too_many', `There are ${MAX_CUSTOM} types of your own: delete one first.`);
      const made = await tx.query<unknown[]>(
        `insert into event_types (name, body, validation, epoch, created_by) values ($1, $2, $3, $4, $5)
         on conflict do nothing returning name`,
        [name, JSON.stringify(body), validation, epoch, by],
      );
      if (made.length === 0) throw conflict('name_taken', `There is an event type "${name}" already.`, '/name');
    });
    return this.one(name);
  }

  /** Of a built-in type only how it judges. */
  async edit(name: string, patch: EventTypePatch, by: string): Promise<EventType> {
    const builtin = findBuiltinType(name);
    await (builtin ? this.editBuiltin(builtin, patch, by) : this.editCustom(name, patch));
    return this.one(name);
  }

  /** Throws a conflict that names the integrations that listen to it. */
  async remove(name: string): Promise<void> {
    if (findBuiltinType(name)) throw conflict('builtin_event_type', `"${name}" is built in: it cannot be deleted.`);
    await this.change(async (tx) => {
      await lockedBody(tx, name);
      // The row is locked: no integration can begin to listen to it now.
      const uses = await tx.query<{ integration_name: string }[]>(
        `select integration_name from event_type_uses where event_type = $1 order by integration_id`,
        [name],
      );
      if (uses.length > 0) throw inUse(uses.map((use) => use.integration_name));
      await tx.query(`delete from event_types where name = $1`, [name]);
    });
  }

  private async one(name: string): Promise<EventType> {
    await this.types.refresh();
    const known = this.types.find(name);
    if (!known) throw notFound('event type', name);
    return known.type;
  }

  private async editBuiltin({ name }: EventType, patch: EventTypePatch, by: string): Promise<void> {
    const { validation, ...rest } = patch;
    const faults = Object.entries(rest)
      .filter(([, value]) => value !== undefined)
      .map(([key]) => ({ path: pointer([key]), code: 'builtin', message: 'Cannot be changed: the type is built in.' }));
    if (faults.length > 0) {
      const message = `"${name}" is built in: only its validation can be changed.`;
      throw new HooklineError('conflict', 'builtin_event_type', message, { faults });
    }
    if (validation === undefined) return;
    await this.change(async (tx, epoch) => {
      await tx.query(
        `insert into event_types (name, validation, epoch, created_by) values ($1, $2, $3, $4)
         on conflict (name) do update set validation = $2, epoch = $3, updated_at = now()`,
        [name, validation, epoch, by],
      );
    });
  }

  private async editCustom(name: string, { validation, ...patch }: EventTypePatch): Promise<void> {
    await this.change(async (tx, epoch) => {
      const stored = await lockedBody(tx, name);
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      const body: CustomBody = { ...stored.body, ...given };
      if ('schema' in given || 'sample' in given) requireSound(body.schema, body.sample);
      await tx.query(
        `update event_types set body = $2, validation = $3, epoch = $4, updated_at = now() where name = $1`,
        [name, JSON.stringify(body), validation ?? stored.validation, epoch],
      );
    });
  }

  private change(work: (tx: EntityManager, epoch: string) => Promise<void>): Promise<void> {
    return this.database.source.transaction(async (tx) => {
      // One change at a time, so that the limit holds and epochs are committed in order.
      await tx.query(`select from event_type_epoch for update`);
      const [{ epoch }] = await tx.query<{ epoch: string }[]>(`select (epoch + 1)::text epoch from event_type_epoch`);
      await work(tx, epoch);
      await tx.query(`update event_type_epoch set epoch = $1`, [epoch]);
      await changeMatching(tx);
    });
  }
}

async function lockedBody(tx: EntityManager, name: string): Promise<{ body: CustomBody; validation: Validation }> {
  const [row] = await tx.query<{ body: string; validation: Validation }[]>(
    `select body, validation from event_types where name = $1 and body is not null for update`,
    [name],
  );
  if (!row) throw notFound('event type', name);
  return { body: JSON.parse(row.body) as CustomBody, validation: row.validation };
}

function requireSound(schema: JsonSchema, sample: unknown): void {
  const under = (key: string, faults: Fault[]) => faults.map((each) => ({ ...each, path: pointer([key]) + each.path }));
  const wrong = schemaFaults(schema);
  if (wrong.length > 0) throw invalid('invalid_schema', under('schema', wrong));
  const unfit = new DataCheck(schema).faults(sample, 0);
  if (unfit) throw invalid('invalid_sample', under('sample', unfit));
}

/** `crm.order_paid` is shown as "Crm order paid" until somebody names it. */
const titleOf = (name: string): string => {
  const words = name.replace(/[._-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const conflict = (code: string, message: string, path?: string): HooklineError =>
  new HooklineError('conflict', code, message, { faults: path === undefined ? [] : [{ path, code, message }] });

const MAX_NAMED = 5;
function inUse(names: string[]): HooklineError {
  const shown = names.slice(0, MAX_NAMED).map((name) => JSON.stringify(name));
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
  const message = `${shown.join(', ')}${more} ${names.length === 1 ? 'listens' : 'listen'} to it: choose another event type there first.`;
  return conflict('event_type_in_use', message);
}
