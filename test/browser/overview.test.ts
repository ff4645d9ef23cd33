import type { Page } from 'playwright-core';
import { useApp } from '../support/app.js';
import { axeFaults, overhang, takePicture } from '../support/browser.js';
import { finishedRun, runUntilIdle, send, turnedOn } from '../support/engine.js';
import { letTokenEnd } from '../support/oauth-connections.js';
import { changeLook, usePages } from '../support/pages.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

describe('the overview', () => {
  const app = useApp();
  const stub = useSharedReceiver();
  const pages = usePages();
  let page: Page;

  beforeAll(async () => {
    stub.always('/good', { status: 200 });
    stub.always('/bad', { status: 503 });
    stub.always('/token', { status: 400, body: { error: 'invalid_grant' } });
    await turnedOn(app, step('/good'), { name: 'Goes well' });
    await turnedOn(app, step('/bad'), { name: 'Fails', trigger: event('process.instance.updated') });
    for (let n = 0; n < 5; n += 1) await finishedRun(app, (await send(app, { n })).body.runs[0]);
    for (let n = 0; n < 3; n += 1) await finishedRun(app, (await sendBad()).body.runs[0]);
  });
  beforeEach(async () => {
    page = await pages.openSignedIn(app);
  });

  const event = (eventType: string) => ({ type: 'event', eventType });
  const step = (path: string, rest: object = {}) => [
    { key: 'call', action: 'post', input: { url: stub.url + path }, retry: { attempts: 1 }, ...rest },
  ];
  const sendBad = () => app.call('POST', '/api/v1/events', { type: 'process.instance.updated', data: {} });

  const open = () => page.goto(app.url);
  const card = (name: string | RegExp) => page.getByRole('region', { name });
  const figure = (name: string) => page.locator('dl > div').filter({ hasText: name });

  it('counts the runs of the range, names who fails, and where the calls went', async () => {
    await open();
    await figure('Runs').getByText('8', { exact: true }).waitFor();
    await figure('Succeeded').getByText('62.5%').waitFor();
    await figure('Waiting or retrying').getByText('0', { exact: true }).waitFor();
    await page.getByRole('img', { name: '8 runs, 3 of them failed' }).waitFor();
    await card('Failing now').getByRole('link', { name: 'Fails' }).waitFor();
    await card('Busiest endpoints')
      .getByRole('row')
      .filter({ hasText: new URL(stub.url).host })
      .waitFor();
    await card('Needs attention').getByText('“Fails” failed 3 times.').waitFor();

    await page.getByText('1 h', { exact: true }).click();
    await page.waitForURL('**/?range=1h');
    await card('Runs per 2 minutes').getByRole('img', { name: '8 runs' }).waitFor();
    await page.reload();
    await card('Runs per 2 minutes').getByRole('img', { name: '8 runs' }).waitFor();
  });

  it('opens the runs that a bar counts, by a press on it, or from its row in the table', async () => {
    await open();
    const bars = card('Runs per half hour').locator('rect[data-open]');
    await bars.last().hover();
    await card('Runs per half hour')
      .getByText(/^\d+ failed$/)
      .waitFor();
    await bars.last().click();
    await page.waitForURL('**/runs?from=*&to=*');
    expect(Date.parse(new URL(page.url()).searchParams.get('from')!)).toBeLessThan(Date.now());

    await page.goBack();
    await card('Runs per half hour').getByRole('button', { name: 'Show as table' }).press('Enter');
    const rows = card('Runs per half hour')
      .getByRole('row')
      .filter({ has: page.getByRole('link') });
    await rows.first().waitFor();
    const counts = await rows.getByRole('cell').allInnerTexts();
    const sums = [0, 1, 2, 3].map((at) =>
      counts.reduce((sum, text, n) => (n % 4 === at ? sum + Number(text) : sum), 0),
    );
    expect(sums).toEqual([5, 3, 0, 8]);
    expect(await axeFaults(page)).toEqual([]);
    await rows.first().getByRole('link').press('Enter');
    await page.waitForURL('**/runs?from=*&to=*');
  });

  it('shows the error of a failed question in its own cards, and the numbers when it is answered again', async () => {
    let isBroken = true;
    let answer = () => {};
    let ask = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    const asked = new Promise<void>((resolve) => (ask = resolve));
    await page.route('**/api/v1/stats?**', async (route) => {
      if (isBroken) return route.fulfill({ status: 503, body: '{}' });
      ask();
      await held;
      await route.continue();
    });
    await open();
    const again = card('Failing now').getByRole('button', { name: 'Try again' });
    await again.waitFor();
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    isBroken = false;
    await again.click();
    await asked;
    // It stands until there is an answer: the page asks by itself too, and nobody can press what comes and goes.
    await again.click();
    answer();
    await card('Failing now').getByRole('link', { name: 'Fails' }).waitFor();
    await page.unrouteAll({ behavior: 'wait' });
    pages.forgive('/api/v1/stats');
  });

  it('says so where nothing ran in the range', async () => {
    await page.route('**/api/v1/stats?**', async (route) => {
      const stats = await (await route.fetch()).json();
      const none = { runs: 0, succeeded: 0, failed: 0, canceled: 0, p50Ms: null, p95Ms: null };
      const buckets = stats.buckets.map(({ at }: { at: string }) => ({ at, ...none }));
      await route.fulfill({ json: { ...stats, buckets, total: none, before: none, failing: [], hosts: [] } });
    });
    await open();
    await card('Runs per half hour').getByText('No runs in this range').waitFor();
    await card('Failing now').getByText('Nothing is failing').waitFor();
    await page.unrouteAll({ behavior: 'wait' });
  });

  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 320],
    ['dark', 320],
  ] as const)('breaks no rule of WCAG 2.2 AA in %s at %d px, and never scrolls sideways', async (scheme, width) => {
    await changeLook(page, scheme, width);
    await open();
    await page.getByRole('img', { name: /^Half of the runs took/ }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    expect(await overhang(page)).toBeLessThanOrEqual(0);
    await takePicture(page, `overview-${scheme}-${width}`, { fullPage: true });
  });

  it('retries what failed, after saying how much that is', async () => {
    stub.always('/bad', { status: 200 });
    await open();
    await card('Failing now').getByRole('button', { name: 'Retry Fails' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Retry 3 runs' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Retry 3 runs' }).click();
    await card('Failing now').getByText('Nothing is failing').waitFor();
    await figure('Runs').getByText('11', { exact: true }).waitFor();
  });

  it('tells first of a connection that needs a new sign-in, and how many runs wait for it', async () => {
    const address = (path: string) => stub.url + path;
    const { body: connection } = await app.call('POST', '/api/v1/connections', {
      name: 'Warehouse API',
      auth: {
        type: 'oauth2',
        authorizationUrl: address('/authorize'),
        accessTokenUrl: address('/token'),
        clientId: 'hookline',
        clientSecret: 'secret',
        accessToken: 'old-token-1234',
        refreshToken: 'revoked',
      },
    });
    await turnedOn(app, step('/good', { connectionId: connection.id }), {
      name: 'Signed to the warehouse',
      trigger: event('process.instance.created'),
    });
    await letTokenEnd(app, connection.id);
    for (let n = 0; n < 2; n += 1)
      await app.call('POST', '/api/v1/events', { type: 'process.instance.created', data: {} });
    await runUntilIdle(app);
    const banner = card('Needs attention');
    await open();
    await banner.getByText('Warehouse API needs you to sign in again.').waitFor();
    await banner
      .getByText('2 runs of “Signed to the warehouse” are waiting and will continue by themselves.')
      .waitFor();
    await figure('Waiting or retrying').getByText('2', { exact: true }).waitFor();
    await takePicture(page, 'overview-banner', { fullPage: true });
    await banner.getByRole('link', { name: 'Reconnect' }).click();
    await page.waitForURL(`**/connections/${connection.id}`);
  });
});
