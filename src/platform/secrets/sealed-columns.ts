import type { SealedPlace } from './key-ring.js';

/** A column that holds sealed values. */
interface SealedColumn {
  table: string;
  column: string;
  /** The column whose value is the `id` of the place that a value is bound to. */
  id: string;
  /** The primary key. */
  key: string;
}

/** Every one there is: nothing can be sealed for another place, so that a rotation of the keys forgets none. */
export const SEALED_COLUMNS = [
  { table: 'connections', column: 'secret', id: 'id', key: 'id' },
  { table: 'connections', column: 'transport_secret', id: 'id', key: 'id' },
  { table: 'oauth_tokens', column: 'tokens', id: 'connection_id', key: 'connection_id' },
  { table: 'oauth_flows', column: 'sealed', id: 'key', key: 'key' },
  { table: 'hook_urls', column: 'token', id: 'integration_id', key: 'hash' },
] as const satisfies readonly SealedColumn[];

export type KnownColumn = (typeof SEALED_COLUMNS)[number];

type PlaceIn<Column> = Column extends SealedColumn
  ? SealedPlace & { table: Column['table']; column: Column['column'] }
  : never;

/** A place in one of them. */
export type KnownPlace = PlaceIn<KnownColumn>;
