import type { EntityManager } from 'typeorm';
import { formatId } from '../core/id.js';
import { callbackUrl } from '../platform/oauth/provider.js';
import { isOAuth, MASK, maskedAuth, type PublicAuth } from './connection-auth.js';
import type { Connection } from './connection.entity.js';
import type { ConnectionView } from './connection.schema.js';
import { shownStatus } from './oauth/token-state.js';
import type { ShownTokens } from './oauth/token-store.js';
import { shownTransport } from './transport/transport-seal.js';
import { transportView } from './transport/transport-settings.js';

export interface Use {
  connection_id: string;
  integration_id: string;
  integration_name: string;
}

export const usesOf = (db: EntityManager, ids: string[]): Promise<Use[]> =>
  db.query<Use[]>(
    `select connection_id, integration_id, integration_name from connection_uses
      where connection_id = any($1::uuid[]) order by integration_id`,
    [ids],
  );

/** A connection as reads show it: no secret, and of tokens only what tells them apart. */
export const viewOf = (
  row: Connection,
  uses: Use[],
  tokens: ReadonlyMap<string, ShownTokens>,
  publicUrl: string,
): ConnectionView => ({
  id: formatId('con', row.id),
  name: row.name,
  allowedHosts: row.allowedHosts,
  ...transportView(shownTransport(row.transport)),
  auth: authView(JSON.parse(row.auth) as PublicAuth, tokens.get(row.id), publicUrl),
  usedBy: uses
    .filter((use) => use.connection_id === row.id)
    .map((use) => ({ id: formatId('int', use.integration_id), name: use.integration_name })),
  lastTestedAt: row.lastTestedAt?.toISOString() ?? null,
  lastTestOutcome: row.lastTestOutcome,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  createdBy: row.createdBy,
});

function authView(auth: PublicAuth, tokens: ShownTokens | undefined, publicUrl: string): ConnectionView['auth'] {
  const masked = maskedAuth(auth);
  if (!isOAuth(auth)) return masked as ConnectionView['auth'];
  const { status = 'not-connected', hint = null, refreshable = false, expiresAt = null, error = null } = tokens ?? {};
  return {
    ...masked,
    ...(auth.type === 'oauth2' && {
      callbackUrl: callbackUrl(publicUrl),
      refreshToken: refreshable ? MASK : null,
    }),
    status: shownStatus({ status, refreshable, expiresAt }, Date.now()),
    accessToken: hint,
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    error,
  } as ConnectionView['auth'];
}
