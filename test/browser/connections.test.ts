import type { Page } from 'playwright-core';
import { useApp } from '../support/app.js';
import { axeFaults, overhang, takePicture } from '../support/browser.js';
import { turnedOn } from '../support/engine.js';
import { changeLook, dialogField, usePages } from '../support/pages.js';
import { selfSigned } from '../support/self-signed.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

describe('the connections of the builder', () => {
  const app = useApp({ ownAddress: true });
  const stub = useSharedReceiver();
  const pages = usePages();
  let page: Page;

  beforeEach(async () => {
    page = await pages.openSignedIn(app);
  });

  async function open(): Promise<void> {
    await page.goto(`${app.url}/connections`);
    await heading('Connections').waitFor();
  }

  const made = async (name: string, auth: object, rest: object = {}) => {
    const { status, body } = await app.call('POST', '/api/v1/connections', { name, auth, ...rest });
    expect([status, body]).toEqual([201, expect.anything()]);
    return body.id as string;
  };
  const read = async (id: string) => (await app.call('GET', `/api/v1/connections/${id}`)).body;
  const field = (name: string) => dialogField(page, name);
  const idHere = () => new URL(page.url()).pathname.split('/')[2];
  const dialog = () => page.getByRole('dialog');
  const heading = (name: string) => page.getByRole('heading', { name, level: 1 });

  it('are made, changed, tested and deleted by the keyboard alone', async () => {
    await open();
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
    pages.forgive(id);
  });

  it('show what the server finds wrong at its field', async () => {
    await open();
    await page.getByRole('button', { name: 'New connection' }).click();
    await dialog().getByText('API key').click();
    await field('Name').fill('Wrong');
    await dialog().getByLabel('Name of the header').fill('not a header');
    await field('Key').fill('k');
    await dialog().getByLabel('Allowed hosts').fill('https://a.example/path');
    await dialog().getByRole('button', { name: 'Save connection' }).click();
    await dialog().getByText('No scheme, no path.').waitFor();
    pages.forgive('/api/v1/connections');
  });

  it('have their own TLS settings and proxy; a key and a password are never shown again', async () => {
    const { key, cert } = selfSigned('erp.internal');
    await open();
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
    pages.forgive('/api/v1/connections');
    expect(await axeFaults(page)).toEqual([]);
    await takePicture(page, 'connection-tls-light');
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
    await open();
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
    const id = await made(`Looked at in ${scheme}`, {
      type: 'oauth2',
      authorizationUrl: `${stub.url}/authorize`,
      accessTokenUrl: `${stub.url}/token`,
      clientId: 'hookline',
      clientSecret: 'secret',
      accessToken: 'pasted-token-1234',
    });
    await changeLook(page, scheme, width);
    await open();
    const look = async () => {
      expect(await axeFaults(page)).toEqual([]);
      expect(await overhang(page)).toBeLessThanOrEqual(0);
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
