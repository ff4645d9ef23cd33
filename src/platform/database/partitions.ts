import { uuidFloor } from '../../core/id.js';

/** What grows with every event, with the fillfactor that leaves room for HOT updates (it is not inherited). */
const PARTITIONED = [
  { table: 'events', fillfactor: 100 },
  { table: 'event_payloads', fillfactor: 100 },
  { table: 'runs', fillfactor: 80 },
  { table: 'attempts', fillfactor: 100 },
  { table: 'attempt_ends', fillfactor: 100 },
  { table: 'attempt_payloads', fillfactor: 100 },
] as const;

const DAY_MS = 86_400_000;
const LOCK_KEY = 0x686c_7061; // one maker of partitions at a time

/** Runs SQL on any connection; several statements in one text are one transaction. */
export type Query = (sql: string) => Promise<Record<string, unknown>[]>;

export interface PartitionDays {
  /** Any instant of the first day (UTC). Default: yesterday. */
  fromDay?: Date;
  /** How many days from there. Default: 4, yesterday to the day after tomorrow: every partition makes planning dearer. */
  days?: number;
  /** Attaching waits for whoever reads a default partition, and others queue behind it. Default: 2,000. */
  lockTimeoutMs?: number;
}

export interface PartitionReport {
  made: string[];
  /** Not made, with why: mostly that the default partition holds rows of that day already. They are read all the same. */
  refused: { name: string; reason: string }[];
}

interface Partition {
  name: string;
  sql: string;
}

/** Makes the missing daily partitions. Safe to repeat, and in several processes at once. */
export async function ensurePartitions(
  query: Query,
  { fromDay, days = 4, lockTimeoutMs = 2_000 }: PartitionDays = {},
): Promise<PartitionReport> {
  const first = Math.floor((fromDay?.getTime() ?? Date.now() - DAY_MS) / DAY_MS) * DAY_MS;
  const wanted = Array.from({ length: days }, (_, day) => partitionsOf(first + day * DAY_MS)).flat();
  const missing = await onlyMissing(query, wanted);
  const report: PartitionReport = { made: [], refused: [] };
  if (missing.length === 0) return report;
  try {
    await query(transaction(missing, lockTimeoutMs));
    report.made = missing.map(({ name }) => name);
    return report;
  } catch {
    // one of them is refused: find out which, and make the others
  }
  for (const partition of await onlyMissing(query, missing)) {
    try {
      await query(transaction([partition], lockTimeoutMs));
      report.made.push(partition.name);
    } catch (error) {
      report.refused.push({ name: partition.name, reason: (error as Error).message });
    }
  }
  return report;
}

function partitionsOf(dayMs: number): Partition[] {
  const suffix = new Date(dayMs).toISOString().slice(0, 10).replaceAll('-', '');
  return PARTITIONED.map(({ table, fillfactor }) => {
    const name = `${table}_${suffix}`;
    const bounds = `from ('${uuidFloor(dayMs)}') to ('${uuidFloor(dayMs + DAY_MS)}')`;
    // ATTACH, not PARTITION OF: that would lock the parent against every reader and writer.
    const sql = `create table if not exists ${name} (like ${table} including all) with (fillfactor = ${fillfactor});
      do $$ begin
        if not exists (select from pg_inherits where inhrelid = '${name}'::regclass) then
          alter table ${table} attach partition ${name} for values ${bounds};
        end if;
      end $$;`;
    return { name, sql };
  });
}

async function onlyMissing(query: Query, partitions: Partition[]): Promise<Partition[]> {
  const names = partitions.map(({ name }) => `'${name}'`).join(', ');
  const rows = await query(
    `select c.relname as name from pg_class c join pg_inherits i on i.inhrelid = c.oid
     where c.relnamespace = current_schema()::regnamespace and c.relname in (${names})`,
  );
  const existing = new Set(rows.map((row) => row.name));
  return partitions.filter(({ name }) => !existing.has(name));
}

const transaction = (partitions: Partition[], lockTimeoutMs: number): string =>
  [
    `set local lock_timeout = ${lockTimeoutMs}; set local client_min_messages = warning`,
    `select pg_advisory_xact_lock(${LOCK_KEY})`,
    ...partitions.map(({ sql }) => sql),
  ].join(';\n');
