import type { Page } from 'playwright-core';
import { useApp } from '../support/app.js';
import { axeFaults, takePicture } from '../support/browser.js';
import { finishedRun, send, turnedOn } from '../support/engine.js';
import { changeLook, usePages } from '../support/pages.js';
import { useReceiver } from '../support/stub-receiver.js';

describe('a run on its page', () => {
  const app = useApp();
  const stub = useReceiver();
  const pages = usePages();
  let page: Page;

  beforeEach(async () => {
    page = await pages.openSignedIn(app);
  });
  afterEach(() => app.deleteIntegrations());

  const step = (key: string, value: string) => ({
    key,
    action: 'post',
    retry: { attempts: 1 },
    input: { url: `${stub.url}/${key}`, body: [{ key: 'v', value }] },
  });
  /** A run of three steps whose second one failed. */
  async function failedRun(): Promise<{ id: string; integration: string }> {
    stub.script('/first', { body: { token: 'one' } });
    stub.script('/second', { status: 503 });
    const integration = await turnedOn(app, [
      step('first', '{{ trigger.data.n }}'),
      step('second', '{{ steps.first.body.token }}'),
      step('third', '{{ trigger.data.n }}'),
    ]);
    const { body } = await send(app, { n: 1 });
    const run = await finishedRun(app, body.runs[0]);
    expect(run.status).toBe('failed');
    return { id: run.id, integration };
  }
  const status = (text: string) => page.getByRole('status').getByText(text, { exact: true });
  const dialog = () => page.getByRole('dialog');

  it('is retried from the step that failed: only that and the later calls are made', async () => {
    const { id } = await failedRun();
    await page.goto(`${app.url}/runs/${id}`);
    await status('Failed at step 3').waitFor();
    await page.getByRole('row', { name: 'v 2 Token "one"' }).waitFor();
    await page.getByRole('button', { name: 'Retry from step 3' }).click();
    const plan = dialog().getByRole('listitem');
    await plan.filter({ hasText: 'first' }).getByText('Result kept, not called').waitFor();
    await plan.filter({ hasText: 'second' }).getByText('Sent again').waitFor();
    await plan.filter({ hasText: 'third' }).getByText('Sent', { exact: true }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    stub.script('/second', { status: 200 });
    stub.script('/third', { status: 200 });
    await dialog().getByRole('button', { name: 'Retry from step 3' }).click();
    await status('Succeeded').waitFor();
    expect(page.url()).not.toContain(id);
    await page.getByRole('button', { name: /first.*Taken over/i }).click();
    expect(stub.received.map(({ url }) => url)).toEqual(['/first', '/second', '/second', '/third']);
    expect(await axeFaults(page)).toEqual([]);

    await page.getByRole('link', { name: 'Replay of an earlier run' }).click();
    await status('Failed at step 3').waitFor();
    await page.getByRole('link', { name: /^Replayed: run/ }).click();
    await status('Succeeded').waitFor();
  });

  it('is repeated from the start with other data, by keyboard', async () => {
    const { id, integration } = await failedRun();
    await page.goto(`${app.url}/runs/${id}`);
    await status('Failed at step 3').waitFor();
    await page.keyboard.press('r');
    const start = dialog().getByLabel('Start from');
    await start.focus();
    await start.selectOption('start');
    await dialog().getByText('Every call gets a new idempotency key').waitFor();
    await dialog().getByRole('button', { name: 'Edit', disabled: false }).press('Enter');
    await dialog().getByLabel('Data of the event').fill('{"n":');
    await dialog().getByText('Not valid JSON yet.').waitFor();
    await dialog().getByLabel('Data of the event').fill('{"n": 12345678901234567890}');
    stub.script('/first', { body: { token: 'one' } });
    stub.script('/second', { status: 200 });
    stub.script('/third', { status: 200 });
    await page.keyboard.press('Control+Enter');
    await status('Succeeded').waitFor();
    expect(stub.on('/third')[0].body).toBe('{"v":12345678901234567890}');
    const { pathname } = new URL(page.url());
    const { body: run } = await app.call('GET', `/api/v1${pathname}`);
    await page.keyboard.press('o');
    await page.waitForURL(`**/integrations/${integration}?sample=${run.eventId}`);
  });

  it('is stopped while it waits for its next try', async () => {
    stub.script('/first', { status: 503 });
    await turnedOn(app, [{ ...step('first', 'x'), retry: { attempts: 3, firstDelayMs: 600_000 } }]);
    const { body } = await send(app, {});
    await page.goto(`${app.url}/runs/${body.runs[0]}`);
    await status('Waiting at step 2').waitFor();
    await page.getByText(/^Next try in/).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await dialog().getByRole('button', { name: 'Stop the run' }).click();
    await status('Canceled').waitFor();
    await page.getByRole('button', { name: 'Retry from step 2' }).waitFor();
  });

  it('leads to the next and the previous run of the list it was opened from', async () => {
    stub.always('/first', { status: 200 });
    await turnedOn(app, [step('first', 'x')]);
    for (let n = 0; n < 2; n += 1) await finishedRun(app, (await send(app, { n })).body.runs[0]);
    await page.goto(`${app.url}/runs?status=succeeded`);
    await page.locator('[data-row-link]').first().click();
    await page.getByText(/^1 of \d+$/).waitFor();
    const newest = page.url();
    await page.keyboard.press(']');
    await page.getByText(/^2 of \d+$/).waitFor();
    expect(page.url()).not.toBe(newest);
    await page.keyboard.press('[');
    await page.getByText(/^1 of \d+$/).waitFor();
    expect(page.url()).toBe(newest);
    await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Runs' }).click();
    await page.waitForURL('**/runs?status=succeeded');
  });

  it.each([
    ['light', 390],
    ['dark', 1440],
  ] as const)('is accessible in the %s scheme at %d px', async (scheme, width) => {
    const { id } = await failedRun();
    await changeLook(page, scheme, width);
    await page.goto(`${app.url}/runs/${id}`);
    await page.getByRole('button', { name: 'Retry from step 3' }).click();
    await dialog().getByRole('heading', { name: 'What happens' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await takePicture(page, `replay-${scheme}-${width}`);
    await page.keyboard.press('Escape');
    expect(await axeFaults(page)).toEqual([]);
    await takePicture(page, `run-${scheme}-${width}`);
  });
});
