import type { Page } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { useApp } from '../support/app.js';
import { axeFaults, overhang, takePicture } from '../support/browser.js';
import { type Look, usePages } from '../support/pages.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

describe('the pages of webhook jobs, subscriptions and the catalogue', () => {
  const app = useApp();
  const receiver = useSharedReceiver();
  const pages = usePages();
  let page: Page;

  beforeAll(async () => {
    receiver.always('/in', { status: 201, body: { ok: true } });
    receiver.always('/gone', { status: 410, body: { error: 'moved' } });
  });

  async function open(path: string, title: string, look?: Look): Promise<void> {
    page = await pages.openSignedIn(app, look);
    await page.goto(app.url + path);
    await page.getByRole('heading', { name: title, level: 1 }).waitFor();
  }
  const webhook = (name: string, event: string, path: string) =>
    app.call('POST', '/app/api/v1/webhooks', { name, type: 'Team', event, filter: '', url: receiver.url + path });
  const happened = (type: string) => app.call('POST', '/api/v1/events', { type, data: { team: { name: 'Payroll' } } });
  const panel = () => page.getByRole('complementary', { name: 'Details' });
  const look = async (name: string) => {
    await takePicture(page, name);
    expect(await axeFaults(page)).toEqual([]);
    expect(await overhang(page)).toBeLessThanOrEqual(0);
  };

  it('shows jobs by keyboard, walks through them, and sends one again to a mended address', async () => {
    await open('/jobs', 'Webhook jobs');
    await page.getByRole('heading', { name: 'No webhook jobs yet' }).waitFor();
    await webhook('Told of new teams', 'Created', '/in');
    await webhook('Told of changes', 'Updated', '/gone');
    await happened('space.team.created');
    await page.getByRole('row').filter({ hasText: 'Told of new teams' }).getByText('201').waitFor();
    await happened('space.team.updated');
    await page.getByRole('row').filter({ hasText: 'Told of changes' }).getByText('410').waitFor();

    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await panel().getByText('410 Gone').waitFor();
    await panel().getByRole('region', { name: 'Data sent, content' }).getByText('"Payroll"').waitFor();
    await panel().getByRole('region', { name: 'Answer, content' }).getByText('"moved"').waitFor();
    await page.keyboard.press('j');
    await panel().getByText('201 Created').waitFor();
    await panel().getByRole('link').first().waitFor();
    await page.keyboard.press('k');
    await panel().getByText('410 Gone').waitFor();

    await panel().getByRole('button', { name: 'To another URL' }).click();
    await panel().getByLabel('Send it to').fill(`${receiver.url}/in?mended`);
    await page.keyboard.press('Enter');
    await panel().getByText('201 Created').waitFor();
    await panel().getByText(`${receiver.url}/in?mended`).waitFor();
    await panel().getByLabel('Send it to').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await panel().waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Failed', exact: true }).click();
    await page.getByRole('heading', { name: 'No match' }).waitFor();
  });

  it('subscribes, shows the secret once, tests with a signed call, replaces the secret and ends it', async () => {
    await open('/subscriptions', 'Subscriptions');
    await page.getByRole('heading', { name: 'No subscriptions yet' }).waitFor();
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: 'New subscription' });
    await dialog.getByLabel('URL').fill(`${receiver.url}/told`);
    await dialog.getByLabel('workflow_finished').check();
    await dialog.getByText('/v4/webhook-subscriptions').waitFor();
    await page.keyboard.press('Control+Enter');
    const secret = await page
      .getByRole('dialog', { name: 'Copy the signing secret now' })
      .getByText(/^whsec_/)
      .innerText();
    await page.keyboard.press('Control+Enter');

    receiver.always('/told', { status: 204 });
    await page.getByRole('link', { name: `${receiver.url}/told` }).click();
    const toldAt = receiver.received.length + 1;
    await panel().getByRole('button', { name: 'Send test' }).click();
    await panel().getByRole('link', { name: 'See the answer' }).waitFor();
    await receiver.until(toldAt);
    const told = receiver.on('/told')[0];
    const verified = new Webhook(secret).verify(told.body, told.headers as Record<string, string>);
    expect(verified).toMatchObject({ eventType: 'workflow_finished' });

    await page.getByRole('switch', { name: `${receiver.url}/told is on` }).click();
    await panel().getByText('Off', { exact: true }).waitFor();
    await panel().getByRole('button', { name: 'Replace the secret' }).click();
    await page.getByRole('dialog', { name: 'Replace the secret?' }).getByRole('button', { name: 'Replace' }).click();
    const next = page.getByRole('dialog', { name: 'Copy the new secret now' });
    expect(await next.getByText(/^whsec_/).innerText()).not.toBe(secret);
    await next.getByRole('button', { name: 'Done' }).click();
    await panel().getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog', { name: 'Delete this' }).getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'No subscriptions yet' }).waitFor();
  });

  it('finds an event in the catalogue, sends its example, and adds one of its own', async () => {
    await open('/catalog', 'Event catalog');
    await page.keyboard.press('/');
    await page.keyboard.type('teams created');
    await page.getByRole('navigation', { name: 'Event types' }).getByText('space.team.created').click();
    await page.getByText('Teams :: Created').waitFor();
    await page.getByRole('button', { name: 'Send example' }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText(/^Stored\. It started/).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Add custom event' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add custom event' });
    await dialog.getByLabel('Name').fill('space.own');
    await page.keyboard.press('Control+Enter');
    await dialog.getByText(/May not begin with/).waitFor();
    pages.forgive('/api/v1/event-types');
    await dialog.getByLabel('Name').fill('crm.order.paid');
    await dialog.getByLabel('Sample of its data').fill('{"order": {"total": 12.5}}');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('row').filter({ hasText: 'order.total' }).getByText('number').waitFor();
    const saved = page.waitForResponse((response) => response.request().method() === 'PATCH');
    await page.getByLabel('Data that does not fit the schema').selectOption('enforce');
    expect((await saved).status()).toBe(200);
    expect((await app.call('GET', '/api/v1/event-types/crm.order.paid')).body.validation).toBe('enforce');
  });

  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
    ['dark', 390],
  ] as const)('break no rule of WCAG 2.2 AA in %s at %d px', async (scheme, width) => {
    await app.call('POST', '/v4/webhook-subscriptions', {
      webhookUrl: `${receiver.url}/told`,
      events: ['workflow_finished', 'credits_low'],
    });
    await open('/jobs', 'Webhook jobs', { scheme, width });
    await page.getByText('Told of new teams').first().waitFor();
    await look(`jobs-${scheme}-${width}`);
    await page.locator('[data-row-link]').first().click();
    await panel().getByText('201 Created').waitFor();
    await look(`job-${scheme}-${width}`);
    await page.goto(`${app.url}/subscriptions`);
    await page.locator('[data-row-link]').first().waitFor();
    await look(`subscriptions-${scheme}-${width}`);
    await page.locator('[data-row-link]').first().click();
    await panel().getByText('Verify the signature').waitFor();
    await look(`subscription-${scheme}-${width}`);
    await page.goto(`${app.url}/subscriptions/new`);
    await page.getByLabel('workflow_finished').waitFor();
    await look(`subscribe-${scheme}-${width}`);
    await page.goto(`${app.url}/catalog`);
    await page.getByText('space.team.created').waitFor();
    await look(`catalog-${scheme}-${width}`);
    await page.goto(`${app.url}/catalog/space.team.created`);
    await page.getByText('Teams :: Created').waitFor();
    await look(`event-type-${scheme}-${width}`);
  });
});
