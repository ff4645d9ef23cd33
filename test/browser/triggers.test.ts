import type { Page } from 'playwright-core';
import { useApp } from '../support/app.js';
import { axeFaults, overhang, takePicture } from '../support/browser.js';
import { openBuilder, saved } from '../support/builder-pages.js';
import { focused, usePages } from '../support/pages.js';

describe('what starts an integration', () => {
  const app = useApp();
  const pages = usePages();
  let page: Page;

  async function open(trigger: object, scheme: 'light' | 'dark' = 'light', width = 1440): Promise<string> {
    const look = { scheme, width, timezoneId: 'Europe/Berlin' };
    const opened = await openBuilder(pages, app, { trigger, steps: [] }, look);
    ({ page } = opened);
    await page.locator('[data-step=trigger]').first().click();
    await page.getByRole('combobox', { name: 'App', exact: true }).waitFor();
    return opened.id;
  }
  const read = async (id: string) => (await app.call('GET', `/api/v1/integrations/${id}`)).body;
  const choice = (name: string) => page.getByRole('combobox', { name, exact: true });
  const hookUrl = () => page.getByRole('textbox', { name: 'Hook URL' }).inputValue();
  /** The program knows its port only once it listens: its public address is another one here. */
  const deliver = (url: string, init: RequestInit) =>
    fetch(app.url + new URL(url).pathname, { headers: { 'content-type': 'application/json' }, ...init });
  const sampleOf = () => page.getByRole('list', { name: 'Samples' }).getByRole('radio', { checked: true });

  it('is a call to its own URL, which is a sample at once; a refused one is shown with the reason', async () => {
    const id = await open({ type: 'event' });
    await choice('App').selectOption({ label: 'Webhook: a call to its own URL' });
    await page.getByTitle('Copy the hook URL').waitFor();
    const url = await hookUrl();
    expect(url).toBe((await read(id)).hookUrl);
    await page.getByRole('checkbox', { name: 'PUT' }).check();
    await page.getByRole('checkbox', { name: 'POST' }).uncheck();
    expect(await page.getByRole('checkbox', { name: 'PUT' }).isDisabled()).toBe(true);
    await choice('The caller is answered').selectOption({ label: 'with what the last step was answered' });
    await saved(page);
    expect((await read(id)).trigger).toMatchObject({ type: 'webhook', methods: ['PUT'], answer: 'last-step' });

    await page.getByRole('button', { name: 'Listen for a test event' }).click();
    const command = page.getByLabel('Command that sends one');
    await command.getByText(`curl -X PUT ${url}`).waitFor();
    await focused(page.getByRole('button', { name: 'Cancel' }));
    await takePicture(page, 'hook-listening-light');
    expect(await axeFaults(page)).toEqual([]);
    await deliver(url, { method: 'POST', body: '{}' });
    await page.getByText('its method is not among those that are taken').waitFor();
    await deliver(url, {
      method: 'PUT',
      body: '{"order":41,"by":"Ada"}',
    });
    await command.waitFor({ state: 'detached' });
    await page.getByText('"Ada"').waitFor();
    await sampleOf().waitFor();

    // Another integration's calls are none of its samples.
    const other = await app.call('POST', '/api/v1/integrations', { name: 'Other', trigger: { type: 'webhook' } });
    await deliver(other.body.hookUrl, {
      method: 'POST',
      body: '{"x":1}',
    });
    await page.reload();
    await page.locator('[data-step=trigger]').click();
    await page.getByText('"Ada"').waitFor();
    await sampleOf().waitFor();
    expect(await page.getByRole('list', { name: 'Samples' }).getByRole('radio').count()).toBe(4);
  });

  it('asks before its URL is replaced; the old one ends at once', async () => {
    const id = await open({ type: 'webhook' });
    const old = await hookUrl();
    await page.getByRole('button', { name: 'Replace' }).click();
    const dialog = page.getByRole('dialog', { name: 'Replace the hook URL?' });
    await dialog.waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await takePicture(page, 'hook-rotate-light');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect((await read(id)).hookUrl).toBe(old);
    await page.getByRole('button', { name: 'Replace' }).click();
    await dialog.getByLabel('The old URL').selectOption({ label: 'ends at once' });
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    const now = await hookUrl();
    expect(now).not.toBe(old);
    expect((await read(id)).hookUrl).toBe(now);
    expect([(await deliver(old, { method: 'POST' })).status, (await deliver(now, { method: 'POST' })).status]).toEqual([
      404, 202,
    ]);
    await page.getByLabel('Tree path').fill('Orders :: New');
    await saved(page);
    expect((await read(id)).trigger.path).toBe('Orders :: New');
  });

  it('is verified as its sender signs, with a secret in a connection that is made on the spot', async () => {
    const id = await open({ type: 'webhook' }, 'dark');
    await choice('Calls are verified by').selectOption({ label: 'GitHub signature' });
    await page.getByText('Choose a connection of type shared-secret').first().waitFor();
    await page.getByRole('button', { name: 'New connection' }).click();
    const dialog = page.getByRole('dialog', { name: 'New connection' });
    await dialog.getByLabel('Name').fill('The repository');
    await dialog.getByLabel('Secrets').fill('It is a secret to everybody');
    await dialog.getByRole('button', { name: 'Save connection' }).click();
    await dialog.waitFor({ state: 'detached' });
    await saved(page);
    const [{ id: connectionId }] = (await app.call('GET', '/api/v1/connections')).body.data;
    expect((await read(id)).trigger.verification).toMatchObject({ preset: 'github', connectionId });
    expect(await axeFaults(page)).toEqual([]);
    await takePicture(page, 'hook-github-dark');

    await page.getByRole('button', { name: 'Listen for a test event' }).click();
    await page.getByText('have its sender make one').waitFor();
    await deliver((await read(id)).hookUrl, { method: 'POST', body: '{}' });
    await page.getByText('it has no signature').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();

    await choice('Calls are verified by').selectOption({ label: 'Another HMAC signature' });
    await page.getByLabel('What is signed').fill('{timestamp}.{body}');
    await page.getByText('Give the name of a header.').waitFor();
    await page.getByLabel('Header with the time').fill('X-Time');
    await page.getByLabel('Before the signature').fill('v1=');
    await choice('Algorithm').selectOption({ label: 'HMAC-SHA512' });
    await page.getByLabel('The signed time may be off by (s)').fill('60');
    await saved(page);
    expect((await read(id)).trigger.verification).toMatchObject({
      preset: 'hmac',
      connectionId,
      signedContent: '{timestamp}.{body}',
      timestampHeader: 'X-Time',
      prefix: 'v1=',
      algorithm: 'sha512',
      toleranceSeconds: 60,
    });
    await choice('Calls are verified by').selectOption({ label: 'User name and password' });
    await saved(page);
    expect((await read(id)).trigger.verification).toMatchObject({ preset: 'basic', connectionId: null });
  });

  it('is the clock, set by keyboard alone, with its next five times', async () => {
    const id = await open({ type: 'event' });
    await choice('App').focus();
    await page.keyboard.type('Schedule');
    await choice('Repeats').waitFor();
    const times = page.getByRole('region', { name: 'Next times' }).getByRole('listitem');
    await times.nth(4).waitFor();
    expect(await times.first().innerText()).toMatch(/^(Mon|Tue|Wed|Thu|Fri), .* 09:00 CES?T|GMT\+[12]$/);
    await page.keyboard.press('Tab');
    await page.keyboard.type('On days');
    await page.keyboard.press('Tab');
    await page.keyboard.type('0645PM');
    await page.getByRole('checkbox', { name: 'Monday' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await saved(page);
    expect((await read(id)).trigger).toMatchObject({
      type: 'schedule',
      cron: '45 18 * * 1,2',
      timezone: 'Europe/Berlin',
      missed: 'none',
    });
    await times.filter({ hasText: '18:45' }).nth(4).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await takePicture(page, 'schedule-light');

    await choice('Repeats').selectOption({ label: 'As a cron expression says' });
    await page.getByLabel('Cron expression').fill('0 0 31 2 *');
    await page.getByText('it would never fire').first().waitFor();
    await page.getByLabel('Cron expression').fill('0 12 1 */3 *');
    await choice('Time zone').selectOption('Asia/Tokyo');
    await choice('Times at which no process was there').selectOption({ label: 'the last of them is made up for' });
    await times.filter({ hasText: '12:00' }).nth(4).waitFor();
    await saved(page);
    expect((await read(id)).trigger).toMatchObject({ cron: '0 12 1 */3 *', timezone: 'Asia/Tokyo', missed: 'last' });
    await takePicture(page, 'schedule-cron-light');
  });

  it('is an event of an app; the next one that comes is the sample', async () => {
    await open({ type: 'event', eventType: 'project.task.completed' }, 'light', 320);
    await page.getByRole('button', { name: 'Listen for a test event' }).click();
    await page.getByLabel('Command that sends one').getByText('"type":"project.task.completed"').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(await overhang(page)).toBeLessThanOrEqual(0);
    await takePicture(page, 'listening-320');
    await focused(page.getByRole('button', { name: 'Cancel' }));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Listen for a test event' }).click();
    await page.getByText('Waiting for an event').waitFor();
    await app.call('POST', '/api/v1/events', {
      type: 'project.task.completed',
      subject: 'task/7',
      data: { name: 'Now' },
    });
    await page.getByRole('radio', { name: /^task\/7/, checked: true }).waitFor();
  });

  it.each([
    ['light', 320],
    ['dark', 1440],
  ] as const)('has forms that everybody can use (%s, %i px)', async (scheme, width) => {
    await open({ type: 'schedule', cron: '0 8 * * 1,3', timezone: 'UTC' }, scheme, width);
    await page.getByRole('region', { name: 'Next times' }).getByRole('listitem').nth(4).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(await overhang(page)).toBeLessThanOrEqual(0);
    await takePicture(page, `schedule-${scheme}-${width}`);
    await choice('App').selectOption({ label: 'Webhook: a call to its own URL' });
    await page.getByTitle('Copy the hook URL').waitFor();
    await choice('Calls are verified by').selectOption({ label: 'Another HMAC signature' });
    expect(await axeFaults(page)).toEqual([]);
    expect(await overhang(page)).toBeLessThanOrEqual(0);
    await page.getByRole('heading', { name: 'Sample' }).scrollIntoViewIfNeeded();
    await takePicture(page, `hook-${scheme}-${width}`);
  });
});
