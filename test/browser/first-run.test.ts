import type { Page } from 'playwright-core';
import { useApp } from '../support/app.js';
import { axeFaults, overhang, takePicture } from '../support/browser.js';
import { usePages } from '../support/pages.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

describe('the first steps', () => {
  const app = useApp();
  const stub = useSharedReceiver();
  const pages = usePages();
  let page: Page;

  beforeAll(async () => {
    stub.always('/mine', { status: 200 });
    page = await pages.openSignedIn(app);
  });

  const step = (title: string) =>
    page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });
  const done = (title: string) => page.getByRole('heading', { name: `Done: ${title}` }).waitFor();

  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 320],
  ] as const)('are what a new server shows; no rule of WCAG 2.2 AA is broken in %s at %d px', async (scheme, width) => {
    const other = await pages.openSignedIn(app, { scheme, width });
    await other.goto(app.url);
    await other.getByRole('heading', { name: 'Send your first event', level: 1 }).waitFor();
    await other.getByText('Listening for events').waitFor();
    expect(await axeFaults(other)).toEqual([]);
    expect(await overhang(other)).toBeLessThanOrEqual(0);
    await takePicture(other, `first-run-${scheme}-${width}`, { fullPage: true });
  });

  it('are done one after the other, each when it has happened, and give way to the overview', async () => {
    await page.goto(app.url);
    await page.getByRole('heading', { name: 'Done: Sign in' }).waitFor();
    await page.getByRole('heading', { name: 'To do now: Send a test event' }).waitFor();
    await page.getByRole('button', { name: 'Send a sample event' }).press('Enter');
    await done('Send a test event');
    await step('Send a test event').getByRole('link', { name: 'hookline.welcome' }).waitFor();

    // By somebody else's hand as well: the page believes the server only.
    await page.getByLabel('Address to call').fill(`${stub.url}/mine`);
    await page.getByRole('button', { name: 'Make this integration' }).click();
    await done('Pass it on to a URL');
    const watch = step('Turn it on and watch a run');
    await watch.getByRole('button', { name: 'Turn it on' }).click();
    await watch.getByText('is on. Send the event, and its run appears here.').waitFor();
    const { status } = await app.call('POST', '/api/v1/events', { type: 'hookline.welcome', data: { name: 'Grace' } });
    expect(status).toBe(202);
    await watch.getByText('succeeded').waitFor();
    await done('Turn it on and watch a run');
    expect(stub.on('/mine').map(({ body }) => JSON.parse(body).greeting)).toEqual(['Hello Grace']);
    expect(await axeFaults(page)).toEqual([]);
    await takePicture(page, 'first-run-done', { fullPage: true });

    await page.getByRole('link', { name: 'Go to the overview' }).click();
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    await page.goto(app.url);
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
  });

  it('stay within reach, from the search and from the menu of the account', async () => {
    await page.goto(`${app.url}/runs`);
    await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Search or jump to').fill('first steps');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/first-run');
    await page.getByRole('heading', { name: 'Done: Turn it on and watch a run' }).waitFor();
    await page.goto(`${app.url}/runs`);
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'First steps' }).click();
    await page.waitForURL('**/first-run');
  });

  it('offer examples that open as drafts', async () => {
    await page.goto(`${app.url}/first-run`);
    await page.getByRole('button', { name: /New user: account, then a welcome/ }).click();
    await page.waitForURL('**/integrations/int_*');
    await page.getByText('Send the welcome').first().waitFor();
  });
});
