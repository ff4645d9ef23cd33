import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Fault } from '../../core/errors.js';
import { Database } from '../../platform/database/database.js';
import { FreshRead } from '../../platform/database/fresh-read.js';
import { DataCheck } from '../json-schema/data-check.js';
import { builtinTypes } from './builtin-types.js';
import type { EventType, Validation } from './event-type.js';
import { nearNames } from './near-names.js';

/** One type as this process knows it, with its schema ready to judge. */
export class KnownType {
  private readonly check: DataCheck;

  constructor(readonly type: EventType) {
    this.check = new DataCheck(type.schema);
  }

  /** Null where the data satisfies the schema. @param chars length of its JSON text */
  faults(data: unknown, chars: number): Fault[] | null {
    return this.check.faults(data, chars);
  }
}

interface Row {
  name: string;
  /** Null where this process knows it already, and of a built-in type. */
  body: string | null;
  validation: Validation;
  is_new: boolean;
}

/** What a custom type's row holds as JSON. */
export type CustomBody = Pick<EventType, 'connector' | 'title' | 'description' | 'schema' | 'sample'>;

const READ = `
  select e.epoch::text epoch, t.name, t.validation, t.epoch > $1 is_new, case when t.epoch > $1 then t.body end body
  from event_type_epoch e left join event_types t on true order by t.name`;

/**
 * Every type an event may have, answered from memory. The match index refreshes it whenever the match epoch changes,
 * which every change of a type does: an accept that compares epochs has judged by the types of now.
 */
@Injectable()
export class EventTypes implements OnModuleInit {
  private known = new Map(builtinTypes.map((type) => [type.name, new KnownType(type)]));
  private stored = new Map<string, KnownType>();
  private current = '0';
  private readonly reads = new FreshRead(() => this.read());

  constructor(private readonly database: Database) {}

  async onModuleInit(): Promise<void> {
    await this.refresh();
  }

  /** Other after every change that this process has heard of. */
  get epoch(): string {
    return this.current;
  }

  find(name: string): KnownType | undefined {
    return this.known.get(name);
  }

  /** The built-in ones in the order of the catalogue, then the others by name. */
  all(): EventType[] {
    return [...this.known.values()].map(({ type }) => type);
  }

  near(name: string): string[] {
    return nearNames(name, this.known.keys());
  }

  /** Which of these names are types, as `tx` sees it; none of those can be deleted while it lasts. */
  async existing(tx: EntityManager, names: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ name: string }[]>(
      `select name from event_types where name = any($1::text[]) order by name for key share`,
      [names],
    );
    const found = new Set(rows.map(({ name }) => name));
    for (const { name } of builtinTypes) found.add(name);
    return found;
  }

  /** As new as the database at the time of the call. Rejects where the database is away. */
  refresh(): Promise<void> {
    return this.reads.now();
  }

  private async read(): Promise<void> {
    const { source } = this.database;
    const [{ epoch }] = await source.query<{ epoch: string }[]>(`select epoch::text epoch from event_type_epoch`);
    if (epoch === this.current) return;
    const rows = await source.query<(Row & { epoch: string })[]>(READ, [this.current]);
    const stored = rows.filter(({ name }) => name !== null).map((row) => [row.name, this.typeOf(row)] as const);
    this.stored = new Map(stored);
    this.known = new Map([
      ...builtinTypes.map((type) => [type.name, this.stored.get(type.name) ?? plain.get(type.name)!] as const),
      ...stored,
    ]);
    this.current = rows[0].epoch;
  }

  private typeOf({ name, body, validation, is_new: isNew }: Row): KnownType {
    const before = this.stored.get(name);
    if (before && !isNew) return before;
    if (body === null) return new KnownType({ ...plain.get(name)!.type, validation });
    return new KnownType({ name, ...(JSON.parse(body) as CustomBody), validation, builtin: false, tree: null });
  }
}

/** The built-in types as they come, each compiled at most once in a process. */
const plain = new Map(builtinTypes.map((type) => [type.name, new KnownType(type)]));
