import type { EntityManager } from 'typeorm';
import { uuidFloor } from '../../core/id.js';
import { AttemptState, FIRST_TERMINAL_STATE, RunState } from '../../core/run.js';
import { addBins, binOf, type DurationBins } from './duration-bins.js';

/** Runs that were made in one stretch of time, by their ids. */
export interface RunBucket {
  runs: number;
  succeeded: number;
  failed: number;
  canceled: number;
  /** Not ended yet. */
  open: number;
  /** Of runs that succeeded, from their making to their end. */
  durations: DurationBins;
}

/** The calls that these runs made to one host. */
export interface HostCalls {
  host: string;
  calls: number;
  succeeded: number;
  durations: DurationBins;
}

/** Of one bucket: who is among the ten busiest of a range is among these. */
const MAX_HOSTS = 40;

const NO_RUNS: RunBucket = { runs: 0, succeeded: 0, failed: 0, canceled: 0, open: 0, durations: {} };

/** Both bounds as single values too: an element of the list would not keep the planner from opening every day. */
const within = (column: string): string => `${column} >= $2::uuid and ${column} < $3::uuid`;
const values = (edges: number[], integrationId: string | null): unknown[] => [
  edges.map(uuidFloor),
  uuidFloor(edges[0]),
  uuidFloor(edges.at(-1)!),
  ...(integrationId === null ? [] : [integrationId]),
];

/** One for each stretch between two edges. */
export async function countRuns(
  tx: EntityManager,
  edges: number[],
  integrationId: string | null,
): Promise<RunBucket[]> {
  // date_part, not extract: that counts in decimals, which took three times as long.
  const ms = `date_part('epoch', ended_at - created_at) * 1000`;
  const rows = await tx.query<(RunBucket & { at: number })[]>(
    `with binned as (
       select width_bucket(id, $1::uuid[]) as at, state, count(*) as n,
         case when state = ${RunState.succeeded} then ${binOf(ms)} end as bin
       from runs where ${within('id')} and not test ${integrationId === null ? '' : 'and integration_id = $4'}
       group by 1, 2, 4)
     select at, sum(n)::int as runs,
       coalesce(sum(n) filter (where state = ${RunState.succeeded}), 0)::int as succeeded,
       coalesce(sum(n) filter (where state = ${RunState.failed}), 0)::int as failed,
       coalesce(sum(n) filter (where state = ${RunState.canceled}), 0)::int as canceled,
       coalesce(sum(n) filter (where state < ${FIRST_TERMINAL_STATE}), 0)::int as open,
       coalesce(json_object_agg(bin, n) filter (where bin is not null), '{}') as durations
     from binned group by at`,
    values(edges, integrationId),
  );
  const buckets = edges.slice(1).map(() => NO_RUNS);
  for (const { at, ...bucket } of rows) buckets[at - 1] = bucket;
  return buckets;
}

/** The busiest hosts of each stretch between two edges. */
export async function countHosts(
  tx: EntityManager,
  edges: number[],
  integrationId: string | null,
): Promise<HostCalls[][]> {
  type Row = Omit<HostCalls, 'durations'> & { at: number; bins: [bin: number, calls: number][] };
  const own = `and a.run_id in (select id from runs where integration_id = $4 and ${within('id')})`;
  const rows = await tx.query<Row[]>(
    // What comes before an @ is no host. The expression is applied to each address once, not to each call.
    `with binned as (
       select width_bucket(a.run_id, $1::uuid[]) as at, split_part(a.url, '/', 3) as address, e.state,
         ${binOf('e.duration_us / 1000.0::float8')} as bin, count(*) as n
       from attempts a
       left join attempt_ends e
         on e.run_id = a.run_id and e.step = a.step and e.number = a.number and ${within('e.run_id')}
       where ${within('a.run_id')} and a.url like '%://%' and a.number > 0 ${integrationId === null ? '' : own}
       group by 1, 2, 3, 4),
     called as (
       select at, substring(address from '^(?:[^?#@]*@)?([^?#]+)') as host, sum(n)::int as calls,
         coalesce(sum(n) filter (where state = ${AttemptState.succeeded}), 0)::int as succeeded,
         coalesce(json_agg(json_build_array(bin, n)) filter (where bin is not null), '[]') as bins
       from binned group by 1, 2),
     ranked as (
       select *, row_number() over (partition by at order by calls desc, host) as place
       from called where host is not null)
     select at, host, calls, succeeded, bins from ranked where place <= ${MAX_HOSTS}`,
    values(edges, integrationId),
  );
  const buckets = edges.slice(1).map((): HostCalls[] => []);
  for (const { at, bins, ...calls } of rows) {
    const durations: DurationBins = {};
    for (const [bin, count] of bins) addBins(durations, { [bin]: count });
    buckets[at - 1].push({ ...calls, durations });
  }
  return buckets;
}
