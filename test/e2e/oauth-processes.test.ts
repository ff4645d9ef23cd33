import { openClient } from '../../src/platform/database/connections.js';
import { startBadOAuthServer, type BadOAuthServer } from '../support/bad-oauth-server.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { send, turnedOn } from '../support/engine.js';
import { oauth2 } from '../support/oauth-connections.js';
import { type HooklineProcess, Processes } from '../support/processes.js';
import { StubReceiver } from '../support/stub-receiver.js';
import { until } from '../support/until.js';

describe('several processes and one OAuth connection', () => {
  let processes: Processes;
  let stub: StubReceiver;
  let bad: BadOAuthServer;
  let database: TestDatabase;

  beforeEach(async () => {
    [processes, stub, bad, database] = await Promise.all([
      Processes.make(),
      StubReceiver.start(),
      startBadOAuthServer(),
      createTestDatabase(),
    ]);
    stub.always('/a', { status: 200 });
  });
  afterEach(async () => {
    await processes.end();
    await Promise.all([stub.stop(), bad.close()]);
    await database.drop();
  });

  const start = (role: 'api' | 'worker', env: Record<string, string> = {}) =>
    processes.start({ HOOKLINE_ROLE: role, DATABASE_URL: database.url, ...env });
  const sql = async (text: string) => {
    const client = openClient(database.url, 'hookline tests');
    await client.connect();
    return client.query(text).finally(() => client.end());
  };
  /** Signed in through one API process or two; its access token is over. */
  const signedIn = async (api: HooklineProcess, other = api): Promise<string> => {
    const made = await api.call('POST', '/api/v1/connections', { name: 'CRM', auth: oauth2(bad.client) });
    const { id } = made.body;
    const { body } = await api.call('POST', `/api/v1/connections/${id}/authorize`);
    const answer = await fetch(body.authorizationUrl, { redirect: 'manual' });
    const back = new URL(answer.headers.get('location')!);
    expect((await fetch(`${other.url}${back.pathname}${back.search}`)).status).toBe(200);
    await turnedOn(api, [{ key: 'a', action: 'get', connectionId: id, input: { url: `${stub.url}/a` } }]);
    await sql(`update oauth_tokens set obtained_at = now() - interval '1 hour', expires_at = now()`);
    return id as string;
  };
  const ended = (api: HooklineProcess, runs: string[], status: string) =>
    until(`every run is ${status}`, async () => {
      const { body } = await api.call('GET', '/api/v1/runs?limit=250');
      const states = new Map(body.data.map((run: { id: string; status: string }) => [run.id, run.status]));
      return runs.every((id) => states.get(id) === status);
    });
  const grants = () => bad.requests.map(({ form }) => form.get('grant_type'));

  it('refresh it once for fifty runs in two workers, after a sign-in that began in one process and ended in another', async () => {
    const [api, other, ...workers] = await Promise.all([start('api'), start('api'), start('worker'), start('worker')]);
    await signedIn(api, other);
    // Two integrations are two lanes: both workers have something to do.
    const made = await api.call('GET', '/api/v1/integrations');
    const copy = await api.call('POST', `/api/v1/integrations/${made.body.data[0].id}/duplicate`);
    await api.call('PUT', `/api/v1/integrations/${copy.body.id}/state`, { state: 'on' });
    const events = await Promise.all(Array.from({ length: 25 }, (_, n) => send(n % 2 ? api : other, { n })));
    const runs = events.flatMap(({ body }) => body.runs as string[]);
    expect(runs).toHaveLength(50);
    await ended(api, runs, 'succeeded');

    expect(grants()).toEqual(['authorization_code', 'refresh_token']);
    const tokens = new Set(stub.received.map(({ headers }) => headers.authorization));
    expect([stub.received.length, tokens.size]).toEqual([50, 1]);
    const refreshes = () => workers.flatMap(({ log }) => log.filter(({ event }) => event === 'connection.refreshed'));
    await until('it is in the log', () => refreshes().length > 0);
    expect(refreshes()).toHaveLength(1);
  }, 90_000);

  it('go on where the one that refreshed was killed: its lease ends by itself', async () => {
    const [api, worker] = await Promise.all([start('api'), start('worker')]);
    await signedIn(api);
    bad.token = 'slow';
    const { body } = await send(api, {});
    await until('the refresh is out', () => bad.requests.length === 2);
    await worker.kill();
    bad.token = 'good';
    await sql(`update oauth_tokens set leased_until = now() + interval '1 hour'`); // however long the next start takes
    const second = await start('worker');
    await until('it waits for the lease', async () => {
      const { rows } = await sql(`select from oauth_tokens where leased_until > now()`);
      return rows.length === 1;
    });
    expect(bad.requests).toHaveLength(2);
    await sql(`update oauth_tokens set leased_until = now()`); // when it has ended
    // The provider has seen the refresh token before: a person must sign in again, and the run waits for that.
    await ended(api, body.runs, 'waiting');
    const { rows } = await sql(`select status from oauth_tokens`);
    expect(rows).toEqual([{ status: 'reconnect' }]);
    expect(second.ending).toBeNull();
  }, 90_000);
});
