import type { SealedPlace } from './key-ring.js';

/** A column that holds sealed values. */
interface SealedColumn {
  table: string;
  column: string;
  /** In SQL: the `id` of the place that a value is bound to. */
  id: string;
  /** In SQL: the primary key, as one value. */
  key: string;
  /** How many are sealed again in one commit. */
  batch: number;
}

/** Every one there is: nothing can be sealed for another place, so that a rotation of the keys forgets none. */
export const SEALED_COLUMNS = [
  { table: 'connections', column: 'secret', id: 'id', key: 'id', batch: 500 },
  { table: 'connections', column: 'transport_secret', id: 'id', key: 'id', batch: 500 },
  { table: 'oauth_tokens', column: 'tokens', id: 'connection_id', key: 'connection_id', batch: 500 },
  { table: 'oauth_flows', column: 'sealed', id: 'key', key: 'key', batch: 500 },
  // Up to a mebibyte each.
  { table: 'idempotency_keys', column: 'body', id: `(caller || ' ' || key)`, key: `(caller || ' ' || key)`, batch: 20 },
  { table: 'hook_urls', column: 'token', id: 'integration_id', key: 'hash', batch: 500 },
] as const satisfies readonly SealedColumn[];

export type KnownColumn = (typeof SEALED_COLUMNS)[number];

type PlaceIn<Column> = Column extends SealedColumn
  ? SealedPlace & { table: Column['table']; column: Column['column'] }
  : never;

/** A place in one of them. */
export type KnownPlace = PlaceIn<KnownColumn>;
