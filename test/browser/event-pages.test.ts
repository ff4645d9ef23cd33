import { createHmac } from 'node:crypto';
import type { Page } from 'playwright-core';
import { useApp } from '../support/app.js';
import { axeFaults, overhang, takePicture } from '../support/browser.js';
import { turnedOn } from '../support/engine.js';
import { type Look, usePages } from '../support/pages.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

describe('the page of events', () => {
  const app = useApp();
  const receiver = useSharedReceiver();
  const pages = usePages();
  let page: Page;

  beforeAll(async () => {
    receiver.always('/in', { status: 200 });
    const step = { key: 'a', action: 'post', input: { url: `${receiver.url}/in` } };
    await turnedOn(app, [step], { name: 'Takes all' });
    const trigger = { type: 'event', eventType: 'project.task.completed', filter: 'trigger.data.size > 5' };
    await turnedOn(app, [step], { name: 'Takes big ones', trigger });
    const data = { size: 1, note: '<script>alert(1)</script>', id: 1 };
    await app.call('POST', '/api/v1/events', { type: 'project.task.completed', subject: 'task/1', data });
    await app.call('POST', '/api/v1/events', { type: 'project.task.created', subject: 'task/2', data: {} });
  });

  async function open(look?: Look): Promise<void> {
    page = await pages.openSignedIn(app, look);
    await page.goto(`${app.url}/events`);
    await page.getByRole('heading', { name: 'Events', level: 1 }).waitFor();
    await page.getByText('task/1').waitFor();
  }
  const panel = () => page.getByRole('complementary', { name: 'Details' });

  it('tells by keyboard what an event held, what it started, and who did not run and why', async () => {
    await open();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await panel().getByRole('heading', { name: 'project.task.completed' }).waitFor();
    await panel()
      .getByRole('link', { name: /Takes all/ })
      .waitFor();
    await panel().getByText('its condition was not met').waitFor();
    await panel().getByText('<script>alert(1)</script>').waitFor();
    await panel().getByRole('button', { name: 'Send again' }).click();
    await panel().getByText('1 run was started.').waitFor();
    await page.keyboard.press('k');
    await panel().getByRole('heading', { name: 'project.task.created' }).waitFor();
    await page.keyboard.press('j');
    await panel().getByRole('heading', { name: 'project.task.completed' }).waitFor();
    await page.keyboard.press('Escape');
    await panel().waitFor({ state: 'detached' });
  });

  it('finds events by text in their data', async () => {
    await open();
    await page.getByLabel('Type, subject or text in the data').fill('alert(1)');
    await page.getByText('task/2').waitFor({ state: 'detached' });
    await page.getByText('task/1').waitFor();
    await page.getByLabel('Type, subject or text in the data').fill('nowhere at all');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByText('task/2').waitFor();
  });

  it('lists what hook URLs refused and why, and takes it in once its verification is mended', async () => {
    const auth = (secret: string) => ({ type: 'shared-secret', secrets: [secret] });
    const made = await app.call('POST', '/api/v1/connections', { name: 'Shop', auth: auth('not the one of the shop') });
    const connectionId = made.body.id as string;
    const trigger = { type: 'webhook', verification: { preset: 'github', connectionId } };
    const step = { key: 'a', action: 'post', input: { url: `${receiver.url}/in` } };
    const id = await turnedOn(app, [step], { name: 'Signed by a shop', trigger });
    const { hookUrl } = (await app.call('GET', `/api/v1/integrations/${id}`)).body;
    const body = '{"order":"A-17"}';
    const signature = createHmac('sha256', 'what the shop signs with').update(body).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` };
    expect((await fetch(app.url + new URL(hookUrl).pathname, { method: 'POST', headers, body })).status).toBe(401);

    await open();
    await page.getByRole('link', { name: 'Refused' }).click();
    await page.getByRole('link', { name: 'Signed by a shop' }).click();
    await panel().getByText('"A-17"').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await panel().getByRole('button', { name: 'Check again' }).click();
    await panel()
      .getByText(/^Refused again\. Its signature/)
      .waitFor();

    const mended = { auth: auth('what the shop signs with') };
    expect((await app.call('PATCH', `/api/v1/connections/${connectionId}`, mended)).status).toBe(200);
    await panel().getByRole('button', { name: 'Check again' }).click();
    await panel().getByRole('link', { name: 'See the event it became' }).click();
    await panel().getByText('"A-17"').waitFor();
  });

  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
    ['dark', 390],
  ] as const)('breaks no rule of WCAG 2.2 AA in %s at %d px', async (scheme, width) => {
    await open({ scheme, width });
    expect(await axeFaults(page)).toEqual([]);
    await page.locator('[data-row-link]').nth(1).click();
    await panel().getByText('Started by this').waitFor();
    await takePicture(page, `event-${scheme}-${width}`);
    expect(await axeFaults(page)).toEqual([]);
    expect(await overhang(page)).toBeLessThanOrEqual(0);
  });
});
