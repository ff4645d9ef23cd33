import { useApp } from '../support/app.js';
import { startBadOAuthServer, type BadOAuthServer } from '../support/bad-oauth-server.js';
import { runUntilIdle, send, turnedOn } from '../support/engine.js';
import { clientCredentials, letTokenEnd, oauth2 } from '../support/oauth-connections.js';
import { useSharedReceiver } from '../support/stub-receiver.js';
import { readTables } from '../support/table-copies.js';
import { logInto, Traces } from '../support/traces.js';

describe('the secrets of OAuth', () => {
  const seen: string[] = [];
  const app = useApp({ logger: logInto(seen) });
  const stub = useSharedReceiver();
  let bad: BadOAuthServer;

  beforeAll(async () => {
    bad = await startBadOAuthServer();
  });
  afterAll(() => bad?.close());

  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await app.call(method, path, body);
    seen.push(JSON.stringify(answer.body), JSON.stringify([...answer.headers]));
    return answer;
  };

  it('are in no answer, page, run, log line or table: client secret, code, state, verifier, tokens', async () => {
    const secrets = new Set<string>([bad.client.clientSecret, 'canary-pasted-access', 'canary-pasted-refresh']);
    const pasted = { accessToken: 'canary-pasted-access', refreshToken: 'canary-pasted-refresh' };
    stub.always('/a', { status: 401 });
    for (const auth of [oauth2(bad.client), oauth2(bad.client, pasted), clientCredentials(bad.client)]) {
      const { id } = (await call('POST', '/api/v1/connections', { name: 'CRM', auth })).body;
      const integration = await turnedOn(app, [
        { key: 'a', action: 'get', connectionId: id, input: { url: `${stub.url}/a` } },
      ]);
      for (const manner of ['echo', 'html-500', 'error-500', 'good'] as const) {
        bad.token = manner;
        if (auth.type === 'oauth2') {
          // Its answer is the one place where a state belongs.
          const { authorizationUrl } = (await app.call('POST', `/api/v1/connections/${id}/authorize`)).body;
          secrets.add(new URL(authorizationUrl).searchParams.get('state')!);
          const back = new URL((await fetch(authorizationUrl, { redirect: 'manual' })).headers.get('location')!);
          secrets.add(back.searchParams.get('code')!);
          seen.push(await (await fetch(`${app.url}${back.pathname}${back.search}`)).text());
        }
        const run = (await send(app, {})).body.runs[0];
        await runUntilIdle(app);
        await letTokenEnd(app, id);
        await call('GET', `/api/v1/runs/${run}`);
        await call('GET', `/api/v1/runs/${run}/har`);
        await call('POST', `/api/v1/connections/${id}/test`, { url: `${stub.url}/a` });
        await call('GET', `/api/v1/connections/${id}`);
      }
      await app.call('DELETE', `/api/v1/integrations/${integration}`);
    }
    await app.call(
      'POST',
      `/api/v1/connections/${(await call('GET', '/api/v1/connections')).body.data[1].id}/authorize`,
    );
    for (const { form } of bad.requests) {
      for (const name of ['code_verifier', 'refresh_token', 'code']) if (form.get(name)) secrets.add(form.get(name)!);
    }
    for (const { headers } of stub.received) secrets.add(headers.authorization!.replace('Bearer ', ''));
    expect(secrets.size).toBeGreaterThan(15);

    const traces = new Traces();
    for (const secret of secrets) traces.add('a secret', secret);
    expect(seen.join()).toContain('connection.refreshed');
    expect(traces.in(seen.join('\n'))).toEqual([]);
    const tables = await readTables(app.database.source);
    expect([...tables.keys()]).toEqual(expect.arrayContaining(['public.oauth_tokens', 'public.oauth_flows']));
    for (const [name, text] of tables) expect({ name, traces: traces.in(text) }).toEqual({ name, traces: [] });
  });
});
