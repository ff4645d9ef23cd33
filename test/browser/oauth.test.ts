import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { callbackUrl } from '../../src/platform/oauth/provider.js';
import { startApp, type TestApp } from '../support/app.js';
import { launchBrowser, watchConsole } from '../support/browser.js';
import { finishedRun, send, turnedOn } from '../support/engine.js';
import { freePort, oauth2 } from '../support/oauth-connections.js';
import { startOidcServer, type OidcServer } from '../support/oidc-server.js';
import { StubReceiver } from '../support/stub-receiver.js';

describe('signing in at a provider, in a browser', () => {
  let app: TestApp;
  let oidc: OidcServer;
  let stub: StubReceiver;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    jest.spyOn(console, 'info').mockImplementation(() => {}); // the provider's warnings that it is for tests
    jest.spyOn(console, 'warn').mockImplementation(() => {});
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    [app, oidc, stub, browser] = await Promise.all([
      startApp({ env: { PORT: String(port), HOOKLINE_PUBLIC_URL: publicUrl } }),
      startOidcServer(callbackUrl(publicUrl)),
      StubReceiver.start(),
      launchBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([app?.stop(), oidc?.close(), stub?.stop()]);
    jest.restoreAllMocks();
  });
  beforeEach(async () => {
    const context = await browser.newContext();
    context.setDefaultTimeout(30_000);
    page = await context.newPage();
  });
  afterEach(() => page.context().close());

  /** From the builder's own page, with its session; what that page is told lies in `told`. */
  async function begin(connectionId: string): Promise<Page> {
    await page.goto(`${app.url}/integrations`);
    const opened = page.waitForEvent('popup');
    await page.evaluate(
      async ([key, id]) => {
        const told: unknown[] = ((globalThis as any).told = []);
        (globalThis as any).addEventListener('message', ({ origin, data }: any) => told.push({ origin, ...data }));
        new BroadcastChannel('hookline-oauth').onmessage = ({ data }: any) => told.push({ channel: true, ...data });
        const post = async (path: string, body?: object) => {
          const headers: Record<string, string> = body ? { 'content-type': 'application/json' } : {};
          const answer = await fetch(path, { method: 'POST', headers, body: body && JSON.stringify(body) });
          return answer.status === 204 ? null : ((await answer.json()) as { authorizationUrl: string });
        };
        await post('/api/v1/auth/sign-in', { key });
        const { authorizationUrl } = (await post(`/api/v1/connections/${id}/authorize`))!;
        (globalThis as any).open(authorizationUrl, 'sign-in', 'popup,width=600,height=700');
      },
      [app.adminKey, connectionId],
    );
    return opened;
  }
  const told = () => page.evaluate<any[]>('told');
  const made = async (): Promise<string> =>
    (await app.call('POST', '/api/v1/connections', { name: 'CRM', auth: oauth2(oidc.client) })).body.id;

  it('a person signs in and agrees; the window tells the builder and closes; the connection signs calls in', async () => {
    stub.script('/a', { status: 200 });
    const id = await made();
    const popup = await begin(id);
    await popup.locator('input[name=login]').fill('ada');
    await popup.locator('input[name=password]').fill('any');
    await popup.locator('button[type=submit]').click();
    const closed = popup.waitForEvent('close');
    await popup.getByRole('button', { name: 'Continue' }).click();
    await closed;
    await page.waitForFunction('told.length === 2');
    const message = { type: 'hookline-oauth', connectionId: id, outcome: 'connected' };
    expect(await told()).toEqual(
      expect.arrayContaining([
        { origin: app.url, ...message },
        { channel: true, ...message },
      ]),
    );
    const { auth } = (await app.call('GET', `/api/v1/connections/${id}`)).body;
    expect(auth).toMatchObject({ status: 'connected', accessToken: expect.stringMatching(/^….{4}$/) });
    await turnedOn(app, [{ key: 'a', action: 'get', connectionId: id, input: { url: `${stub.url}/a` } }]);
    expect((await finishedRun(app, (await send(app, {})).body.runs[0])).status).toBe('succeeded');
    expect(stub.received[0].headers.authorization).toMatch(/^Bearer [\w-]{20,}$/);
  });

  it('a person says no: the page says so, stays, and keeps nothing of it in its address', async () => {
    const id = await made();
    const popup = await begin(id);
    const complaints = watchConsole(popup);
    await popup.getByText('Cancel').click();
    await popup.getByRole('heading', { name: 'Not connected' }).waitFor();
    await popup.getByText('refused by the person or by the provider').waitFor();
    expect(popup.url()).toBe(`${app.url}/oauth/callback`);
    await page.waitForFunction('told.length === 2');
    expect(await told()).toMatchObject([{ outcome: 'denied' }, { outcome: 'denied' }]);
    expect(
      complaints.filter((complaint) => complaint.includes('/oauth/callback') && !complaint.includes('400')),
    ).toEqual([]);
    expect((await app.call('GET', `/api/v1/connections/${id}`)).body.auth).toMatchObject({
      status: 'not-connected',
      error: { code: 'auth' },
    });
  });
});
