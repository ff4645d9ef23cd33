import type { OAuthProvider } from '../../src/platform/oauth/provider.js';
import { parseId } from '../../src/core/id.js';
import { SignIns } from '../../src/connections/sign-ins.service.js';
import type { TestApp } from './app.js';

/** The `auth` of a connection to a provider of the tests. */
export const oauth2 = ({ authorizationUrl, extraAuthParams = {}, ...client }: OAuthProvider, rest: object = {}) => ({
  type: 'oauth2',
  authorizationUrl,
  extraAuthParams,
  ...client,
  ...rest,
});

export const clientCredentials = (
  { accessTokenUrl, clientId, clientSecret, clientAuth }: OAuthProvider,
  rest: object = {},
) => ({ type: 'oauth2-client-credentials', accessTokenUrl, clientId, clientSecret, clientAuth, scope: '', ...rest });

/** The clock of a test: the access token of a connection is about to end; a refresh that failed may be tried again. */
export async function letTokenAge(app: TestApp, connectionId: string): Promise<void> {
  const { source } = app.database;
  await source.query(
    `update oauth_tokens set obtained_at = now() - interval '1 hour', expires_at = now() + interval '10 seconds',
            retry_at = case when retry_at is not null then now() end
      where connection_id = $1`,
    [parseId('con', connectionId)],
  );
  app.program.app.get(SignIns, { strict: false }).forget(null);
}

/** The same, and it has ended. */
export async function letTokenEnd(app: TestApp, connectionId: string): Promise<void> {
  await letTokenAge(app, connectionId);
  const { source } = app.database;
  await source.query(`update oauth_tokens set expires_at = now() where connection_id = $1`, [
    parseId('con', connectionId),
  ]);
  app.program.app.get(SignIns, { strict: false }).forget(null);
}
