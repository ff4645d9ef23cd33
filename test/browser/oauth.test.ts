import type { Page } from 'playwright-core';
import { useApp } from '../support/app.js';
import { callbackUrl } from '../../src/platform/oauth/provider.js';
import { axeFaults, watchConsole } from '../support/browser.js';
import { finishedRun, send, turnedOn } from '../support/engine.js';
import { oauth2 } from '../support/oauth-connections.js';
import { startOidcServer, type OidcServer } from '../support/oidc-server.js';
import { dialogField, usePages } from '../support/pages.js';
import { useSharedReceiver } from '../support/stub-receiver.js';
import { until } from '../support/until.js';

const app = useApp({ ownAddress: true });
const stub = useSharedReceiver();
const pages = usePages();
let oidc: OidcServer;
let page: Page;

beforeAll(async () => {
  oidc = await startOidcServer(callbackUrl(app.url));
});
afterAll(() => oidc?.close());

const made = async (name: string): Promise<string> =>
  (await app.call('POST', '/api/v1/connections', { name, auth: oauth2(oidc.client) })).body.id;
/** What the provider asks a person. */
async function agree(at: Page): Promise<void> {
  await at.locator('input[name=login]').fill('ada');
  await at.locator('input[name=password]').fill('any');
  await at.locator('button[type=submit]').click();
  await at.getByRole('button', { name: 'Continue' }).click();
}

describe('signing in at a provider, in a browser', () => {
  beforeEach(async () => {
    page = await pages.open();
  });
  afterEach(() => pages.forgive(/./)); // most of what is seen there is the provider's

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

  it('a person signs in and agrees; the window tells the builder and closes; the connection signs calls in', async () => {
    stub.script('/a', { status: 200 });
    const id = await made('CRM');
    const popup = await begin(id);
    const closed = popup.waitForEvent('close');
    await agree(popup);
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
    const id = await made('CRM');
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

describe('the connections of the builder', () => {
  beforeEach(async () => {
    page = await pages.openSignedIn(app);
    await page.goto(`${app.url}/connections`);
    await heading('Connections').waitFor();
  });

  const read = async (id: string) => (await app.call('GET', `/api/v1/connections/${id}`)).body;
  const dialog = () => page.getByRole('dialog');
  const field = (name: string) => dialogField(page, name);
  const heading = (name: string) => page.getByRole('heading', { name, level: 1 });

  /** Everything that the provider asks for, in the fields of the dialog. */
  async function fillIn(name: string): Promise<void> {
    const { authorizationUrl, accessTokenUrl, clientId, clientSecret, scope } = oidc.client;
    for (const [label, value] of [
      ['Name', name],
      ['Authorization URL', authorizationUrl!],
      ['Access token URL', accessTokenUrl],
      ['Client ID', clientId],
      ['Client secret', clientSecret],
      ['Scope', scope],
    ]) {
      await field(label).fill(value);
    }
    await dialog().getByText('Advanced').click();
    await dialog().getByRole('button', { name: 'Add a parameter' }).click();
    await dialog().getByLabel('Name of parameter 1').fill('prompt');
    await dialog().getByLabel('Value of parameter 1').fill('consent');
  }

  it('make an OAuth connection in the eight fields and sign in with it in a window of its own', async () => {
    await page.getByRole('button', { name: 'New connection' }).click();
    const callback = field('Callback URL');
    await until('the callback URL', async () => (await callback.inputValue()) === `${app.url}/oauth/callback`);
    expect(await callback.getAttribute('readonly')).not.toBeNull();
    expect(await field('Access token').getAttribute('readonly')).not.toBeNull();
    await dialog().getByRole('button', { name: 'Paste a token instead' }).waitFor();
    await field('State').waitFor();
    await fillIn('Signed in here');
    const opened = page.waitForEvent('popup');
    await dialog().getByRole('button', { name: 'Save and sign in' }).click();
    const popup = await opened;
    await popup.locator('input[name=login]').waitFor();
    await dialog().getByText('Waiting for the sign-in').waitFor();
    const closed = popup.waitForEvent('close');
    await agree(popup);
    await closed;
    await heading('Signed in here').waitFor();
    await page.getByText(`Signed in to ${new URL(oidc.issuer).host}`).waitFor();
    const { auth } = await read(new URL(page.url()).pathname.split('/')[2]);
    expect(auth).toMatchObject({
      status: 'connected',
      scope: oidc.client.scope,
      extraAuthParams: { prompt: 'consent' },
    });
    await page.getByText(`The access token ends in ${auth.accessToken.slice(1)}`).waitFor();
    await page.getByText('Working').waitFor();

    stub.always('/me', { status: 200, body: { name: 'Ada' } });
    await page.getByLabel('URL to GET with this connection').fill(`${stub.url}/me`);
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Response body' }).getByText('"Ada"').waitFor();
    expect(stub.on('/me')[0].headers.authorization).toMatch(/^Bearer [\w-]{20,}$/);
    expect(await page.content()).not.toContain(stub.on('/me')[0].headers.authorization);
  });

  it('say so where the person refuses, and let them begin again', async () => {
    await page.getByRole('button', { name: 'New connection' }).click();
    await fillIn('Refused at first');
    for (const answer of ['no', 'yes']) {
      const opened = page.waitForEvent('popup');
      await dialog().getByRole('button', { name: 'Save and sign in' }).click();
      const popup = await opened;
      if (answer === 'yes') await agree(popup);
      else {
        await popup.getByText('Cancel').click();
        await dialog().getByRole('alert').getByRole('heading', { name: 'The sign-in was refused' }).waitFor();
        await dialog().getByText('refused by the person or by the provider').waitFor();
        expect(await axeFaults(page)).toEqual([]);
        await popup.close();
      }
    }
    await heading('Refused at first').waitFor();
    await page.getByText('Working').waitFor();
    const { body } = await app.call('GET', '/api/v1/connections?limit=250');
    expect(body.data.filter(({ name }: { name: string }) => name === 'Refused at first')).toHaveLength(1);
  });

  it('stop waiting on request, and keep what was saved', async () => {
    await page.getByRole('button', { name: 'New connection' }).click();
    await fillIn('Not now');
    const opened = page.waitForEvent('popup');
    await dialog().getByRole('button', { name: 'Save and sign in' }).click();
    const popup = await opened;
    await popup.locator('input[name=login]').waitFor();
    const closed = popup.waitForEvent('close');
    await dialog().getByRole('button', { name: 'Cancel the sign-in' }).click();
    await closed;
    await dialog().getByRole('button', { name: 'Cancel', exact: true }).click();
    await heading('Not now').waitFor();
    await page.getByRole('status').getByText('Not signed in').waitFor();
  });

  it('sign in in the same window where the browser opens no other, and come back', async () => {
    const id = await made('Without a window');
    await page.addInitScript('window.open = () => null');
    await page.goto(`${app.url}/connections/${id}`);
    for (const [answer, sign] of [
      ['no', 'The sign-in was refused'],
      ['yes', 'Signed in to'],
    ]) {
      await page.getByRole('button', { name: /^Sign in/ }).click();
      await page.locator('input[name=login]').waitFor();
      if (answer === 'yes') await agree(page);
      else await page.getByText('Cancel').click();
      await heading('Without a window').waitFor();
      await page.getByRole('heading', { name: sign }).waitFor();
      expect(new URL(page.url()).pathname).toBe(`/connections/${id}`);
    }
    expect((await read(id)).auth.status).toBe('connected');
    pages.forgive('fonts.googleapis.com');
    pages.forgive('/oauth/callback');
  });
});
