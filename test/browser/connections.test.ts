import { jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { callbackUrl } from '../../src/platform/oauth/provider.js';
import { startApp, type TestApp } from '../support/app.js';
import { axeFaults, launchBrowser, watchConsole } from '../support/browser.js';
import { turnedOn } from '../support/engine.js';
import { freePort, oauth2 } from '../support/oauth-connections.js';
import { startOidcServer, type OidcServer } from '../support/oidc-server.js';
import { selfSigned } from '../support/self-signed.js';
import { StubReceiver } from '../support/stub-receiver.js';
import { until } from '../support/until.js';

const REFUSALS = ['/api/v1/auth/me'];

/** Where pictures go when somebody wants to look. */
const PICTURES = process.env.HOOKLINE_PICTURES;

describe('the connections of the builder', () => {
  let app: TestApp;
  let oidc: OidcServer;
  let stub: StubReceiver;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

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
    page = await openPage('light', 1440);
  });
  afterEach(async () => {
    await page.context().close();
    expect(complaints).toEqual([]);
  });

  async function openPage(colorScheme: 'light' | 'dark', width: number): Promise<Page> {
    const viewport = { width, height: 900 };
    const context = await browser.newContext({ colorScheme, viewport, reducedMotion: 'reduce' });
    context.setDefaultTimeout(30_000);
    const opened = await context.newPage();
    complaints = watchConsole(opened, REFUSALS);
    await opened.goto(`${app.url}/connections`);
    await opened.getByLabel('API key').fill(app.adminKey);
    await opened.keyboard.press('Enter');
    await opened.getByRole('heading', { name: 'Connections', level: 1 }).waitFor();
    return opened;
  }

  const made = async (name: string, auth: object, rest: object = {}) => {
    const { status, body } = await app.call('POST', '/api/v1/connections', { name, auth, ...rest });
    expect([status, body]).toEqual([201, expect.anything()]);
    return body.id as string;
  };
  const read = async (id: string) => (await app.call('GET', `/api/v1/connections/${id}`)).body;
  /** Exactly of this name: a mark of required fields and a word beside the name do not count. */
  const field = (name: string) => dialog().getByLabel(new RegExp(`^${name}( optional| filled in for you)?\\s*\\*?$`));
  const picture = async (name: string) => {
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png` });
  };
  const idHere = () => new URL(page.url()).pathname.split('/')[2];
  const dialog = () => page.getByRole('dialog');
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
  async function agree(at: Page): Promise<void> {
    await at.locator('input[name=login]').fill('ada');
    await at.locator('input[name=password]').fill('any');
    await at.locator('button[type=submit]').click();
    await at.getByRole('button', { name: 'Continue' }).click();
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
    const { auth } = await read(idHere());
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
    const id = await made('Without a window', oauth2(oidc.client));
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
    complaints = complaints.filter(
      (complaint) => !complaint.includes('fonts.googleapis.com') && !complaint.includes('/oauth/callback'),
    );
  });

  it('are made, changed, tested and deleted by the keyboard alone', async () => {
    await page.keyboard.press('n');
    await page.getByRole('dialog', { name: 'New connection' }).waitFor();
    await page.getByLabel('OAuth 2.0').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Give it a name').waitFor();
    await page.locator('input[aria-invalid]:focus').first().waitFor();
    await page.keyboard.type('Made by keys');
    await page.keyboard.press('Tab');
    await page.keyboard.type('ada');
    await page.keyboard.press('Tab');
    await page.keyboard.type('first-secret');
    await page.keyboard.press('Control+Enter');
    await heading('Made by keys').waitFor();
    await page.getByText('Never tested').waitFor();
    const id = idHere();
    expect((await read(id)).auth).toEqual({ type: 'basic', username: 'ada', password: '••••' });

    await page.getByRole('button', { name: 'Edit' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Replace' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('input[type=password]:focus').waitFor();
    await page.keyboard.type('second-secret');
    await page.keyboard.press('Escape');
    await page.getByRole('alert').getByText('not saved').waitFor();
    await page.keyboard.press('Control+Enter');
    await dialog().waitFor({ state: 'detached' });

    stub.script('/keys', { status: 403, body: { reason: 'closed' } });
    await page.getByLabel('URL to GET with this connection').focus();
    await page.keyboard.type(`${stub.url}/keys`);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /does not allow this call \(403\)/ }).waitFor();
    await page.getByText('Last test failed').waitFor();
    const sent = stub.on('/keys')[0].headers.authorization as string;
    expect(Buffer.from(sent.slice('Basic '.length), 'base64').toString()).toBe('ada:second-secret');

    await page.getByRole('button', { name: 'Delete' }).focus();
    await page.keyboard.press('Enter');
    await dialog().waitFor();
    await page.keyboard.press('Control+Enter');
    await heading('Connections').waitFor();
    expect((await app.call('GET', `/api/v1/connections/${id}`)).status).toBe(404);
    complaints = complaints.filter((complaint) => !complaint.includes(id));
  });

  it('show what the server finds wrong at its field', async () => {
    await page.getByRole('button', { name: 'New connection' }).click();
    await dialog().getByText('API key').click();
    await field('Name').fill('Wrong');
    await dialog().getByLabel('Name of the header').fill('not a header');
    await field('Key').fill('k');
    await dialog().getByLabel('Allowed hosts').fill('https://a.example/path');
    await dialog().getByRole('button', { name: 'Save connection' }).click();
    await dialog().getByText('No scheme, no path.').waitFor();
    complaints = complaints.filter((complaint) => !complaint.includes('/api/v1/connections'));
  });

  it('have their own TLS settings and proxy; a key and a password are never shown again', async () => {
    const { key, cert } = selfSigned('erp.internal');
    await page.getByRole('button', { name: 'New connection' }).click();
    await dialog().getByText('No authentication').click();
    await field('Name').fill('Inside');
    await dialog().locator('summary', { hasText: 'TLS' }).click();
    await dialog().getByLabel('Trusted authority').fill(cert);
    await dialog().getByLabel('Client certificate').fill('no certificate');
    await dialog().getByLabel('Private key').fill(key);
    await dialog().getByText('Take any certificate').click();
    await dialog().getByText('Nobody checks who answers').waitFor();
    await dialog().locator('summary', { hasText: 'Proxy' }).click();
    await dialog().getByLabel('Address of the proxy').fill('http://127.0.0.1:3128');
    await dialog().getByLabel('User name for the proxy').fill('ada');
    await field('Password for the proxy').fill('canary-proxy');
    await dialog().getByRole('button', { name: 'Save connection' }).click();
    await dialog().getByText('Must hold a certificate in PEM').waitFor();
    complaints = complaints.filter((complaint) => !complaint.includes('/api/v1/connections'));
    expect(await axeFaults(page)).toEqual([]);
    await picture('connection-tls-light');
    await dialog().getByLabel('Client certificate').fill(cert);
    await dialog().getByRole('button', { name: 'Save connection' }).click();
    await dialog().waitFor({ state: 'detached' });
    await heading('Inside').waitFor();
    await page.getByText('Takes any certificate').waitFor();
    const id = idHere();
    expect(await read(id)).toMatchObject({
      tls: { ca: cert, cert, key: expect.stringContaining('•'), skipVerify: true },
      proxy: { url: 'http://127.0.0.1:3128', username: 'ada', password: expect.stringContaining('•') },
    });

    await page.getByRole('button', { name: 'Edit' }).click();
    await dialog().getByText('Take any certificate').click();
    expect(await dialog().getByLabel('Private key').inputValue()).toMatch(/^•+$/);
    expect(await field('Password for the proxy').inputValue()).toMatch(/^•+$/);
    await dialog().getByLabel('Address of the proxy').fill('http://127.0.0.1:3129');
    await dialog().getByRole('button', { name: 'Save connection' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByText('http://127.0.0.1:3129').waitFor();
    expect(await read(id)).toMatchObject({
      tls: { cert, key: expect.stringContaining('•'), skipVerify: false },
      proxy: { url: 'http://127.0.0.1:3129', username: 'ada', password: expect.stringContaining('•') },
    });
    expect(await page.content()).not.toContain('canary-proxy');
  });

  it('are kept while an integration uses them, and it is named', async () => {
    const id = await made('In use', { type: 'bearer', token: 'canary' });
    stub.always('/used', { status: 200 });
    await turnedOn(app, [{ key: 'a', action: 'get', connectionId: id, input: { url: `${stub.url}/used` } }]);
    const [{ name }] = (await read(id)).usedBy;
    await page.goto(`${app.url}/connections`);
    await page.getByRole('row').filter({ hasText: 'In use' }).getByText('1 integration').waitFor();
    await page.getByRole('link', { name: 'In use' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await dialog().getByRole('heading', { name: 'This connection is in use' }).waitFor();
    await dialog().getByRole('link', { name }).waitFor();
    expect(await page.content()).not.toContain('canary');
  });

  it('are made from within a step, which signs in with them then', async () => {
    const { body } = await app.call('POST', '/api/v1/integrations', {
      name: 'Wants a sign-in',
      trigger: { type: 'event', eventType: 'project.task.created' },
      steps: [{ key: 'fetch', action: 'get', input: { url: `${stub.url}/fetch` } }],
    });
    await page.goto(`${app.url}/integrations/${body.id}`);
    await page.locator('[data-step=fetch]').click();
    await page.getByRole('button', { name: 'New connection' }).click();
    await dialog().getByText('Bearer token').click();
    await field('Name').fill('Made in a step');
    await field('Token').fill('canary-in-a-step');
    await dialog().getByRole('button', { name: 'Save connection' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.locator('[data-save=saved]').waitFor();
    const chosen = await page.getByLabel('Sign in with').inputValue();
    expect((await read(chosen)).name).toBe('Made in a step');
    expect((await app.call('GET', `/api/v1/integrations/${body.id}`)).body.steps[0].connectionId).toBe(chosen);
  });

  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 320],
    ['dark', 320],
  ] as const)('break no rule of WCAG 2.2 AA in %s at %d px, and never scroll sideways', async (scheme, width) => {
    const id = await made(`Looked at in ${scheme}`, oauth2(oidc.client, { accessToken: 'pasted-token-1234' }));
    await page.context().close();
    page = await openPage(scheme, width);
    const look = async () => {
      expect(await axeFaults(page)).toEqual([]);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    };
    await page
      .getByRole('link', { name: `Looked at in ${scheme}` })
      .first()
      .waitFor();
    await look();
    await page.getByRole('button', { name: 'New connection' }).click();
    await dialog().getByText('Advanced').click();
    await field('Callback URL').waitFor();
    await look();
    await page.goto(`${app.url}/connections/${id}`);
    await page.getByText('The access token ends in 1234').waitFor();
    await look();
    await page.getByRole('button', { name: 'Edit' }).click();
    await dialog().getByRole('button', { name: 'Replace' }).waitFor();
    await look();
    await page.keyboard.press('Escape');
    stub.always('/me', { status: 200, body: { name: 'Ada' } });
    await page.getByLabel('URL to GET with this connection').fill(`${stub.url}/me`);
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Response body' }).getByText('"Ada"').waitFor();
    await look();
  });
});
