import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { startApp, type TestApp } from '../support/app.js';
import { axeFaults, launchBrowser, watchConsole } from '../support/browser.js';
import { StubReceiver } from '../support/stub-receiver.js';

/** Signing in begins with being told that nobody is; the wrong key of one test is refused. */
const REFUSALS = ['/api/v1/auth/me', '/api/v1/auth/sign-in'];

describe('the pages of lists and runs', () => {
  let app: TestApp;
  let receiver: StubReceiver;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    [app, receiver, browser] = await Promise.all([startApp(), StubReceiver.start(), launchBrowser()]);
  });
  afterAll(() => Promise.all([browser?.close(), receiver?.stop(), app?.stop()]));

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
    return opened;
  }

  async function signIn(on: Page = page): Promise<void> {
    await on.goto(`${app.url}/integrations`);
    await on.getByLabel('API key').fill(app.adminKey);
    await on.keyboard.press('Enter');
    await on.getByRole('heading', { name: 'Integrations', level: 1 }).waitFor();
  }

  /** An integration that posts `data.name` of its event to the receiver; answers its id. */
  async function makeIntegration(name: string, eventType: string, path: string): Promise<string> {
    const { status, body } = await app.call('POST', '/api/v1/integrations', {
      name,
      trigger: { type: 'event', eventType },
      steps: [
        {
          key: 'greet',
          name: 'Greet the receiver',
          action: 'post',
          input: {
            url: `${receiver.url}${path}`,
            headers: [{ key: 'X-Greeting', value: 'hello' }],
            body: [{ key: 'name', value: '{{ trigger.data.name }}' }],
          },
          retry: { attempts: 1 },
        },
      ],
    });
    expect([status, body]).toEqual([201, expect.anything()]);
    return body.id as string;
  }
  const publish = (id: string) => app.call('POST', `/api/v1/integrations/${id}/publish`);
  const turn = (id: string, state: 'on' | 'off') => app.call('PUT', `/api/v1/integrations/${id}/state`, { state });
  const stateOf = async (id: string) => (await app.call('GET', `/api/v1/integrations/${id}`)).body.state as string;
  const send = (type: string, data: unknown) => app.call('POST', '/api/v1/events', { type, data });
  const row = (text: string) => page.getByRole('row').filter({ hasText: text });

  it('let in who has a key, tell a wrong one, and let out again', async () => {
    await page.goto(`${app.url}/integrations`);
    await page.getByLabel('API key').fill(`hl_${'wrong'.repeat(8)}`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('This key is not known here').waitFor();
    await page.getByLabel('API key').fill(app.adminKey);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Integrations', level: 1 }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Integrations', level: 1 }).waitFor();
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('API key').waitFor();
    expect((await page.request.get(`${app.url}/api/v1/auth/me`)).status()).toBe(401);
  });

  it('list an integration and turn it on and off', async () => {
    const id = await makeIntegration('Toggled from the list', 'project.task.created', '/toggle');
    await publish(id);
    await signIn();
    await row('Toggled from the list').getByText('project.task.created').waitFor();
    const toggle = page.getByRole('switch', { name: 'Toggled from the list is on' });
    expect(await toggle.getAttribute('aria-checked')).toBe('false');
    for (const [checked, state] of [
      ['true', 'on'],
      ['false', 'off'],
    ]) {
      const answered = page.waitForResponse((response) => response.url().endsWith(`${id}/state`));
      await toggle.click();
      expect((await answered).status()).toBe(200);
      await page.locator(`[role=switch][aria-label="Toggled from the list is on"][aria-checked=${checked}]`).waitFor();
      expect(await stateOf(id)).toBe(state);
    }
  });

  it('put the switch back with the reason when the server refuses', async () => {
    const id = await makeIntegration('Refused by the server', 'project.task.updated', '/refused');
    await publish(id);
    await signIn();
    await page.route(`**/integrations/${id}/state`, (route) =>
      route.fulfill({
        status: 422,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'invalid_definition', detail: 'The draft has a problem.', errors: [] }),
      }),
    );
    await page.getByRole('switch', { name: 'Refused by the server is on' }).click();
    await row('Refused by the server').getByRole('alert').getByText('Still off: The draft has a problem.').waitFor();
    await page.locator('[role=switch][aria-label="Refused by the server is on"][aria-checked=false]').waitFor();
    complaints = complaints.filter((complaint) => !complaint.includes(`${id}/state`));
  });

  it('tell of each integration what it did in 24 hours, why it fails, and why a draft has no switch', async () => {
    const id = await makeIntegration('Did its work', 'space.datastore_form.created', '/work');
    const failing = await makeIntegration('Fails at its work', 'space.datastore_form.updated', '/fails');
    await makeIntegration('Only drawn', 'space.datastore_form.updated', '/drawn');
    await turn(id, 'on');
    await turn(failing, 'on');
    receiver.always('/work', { status: 200 });
    receiver.always('/fails', { status: 410 });
    await send('space.datastore_form.created', { name: 'a' });
    const { body } = await send('space.datastore_form.updated', { name: 'b' });
    await signIn();
    await row('Did its work').getByRole('img', { name: '24 hours: 1 run, 0 failed' }).waitFor();
    await row('Did its work').getByText('100%').waitFor();
    await row('Fails at its work').getByRole('img', { name: '24 hours: 1 run, 1 failed' }).waitFor();

    await page.getByRole('link', { name: /^Needs attention \d/ }).click();
    await row('Fails at its work').getByText('Last run failed').waitFor();
    await row('Did its work').waitFor({ state: 'detached' });
    await row('Fails at its work').getByRole('link', { name: 'See why' }).click();
    await page.waitForURL(`**/runs/${body.runs[0]}`);
    await page.goBack();

    await page.getByRole('link', { name: /^Drafts \d/ }).click();
    const draft = page.getByRole('switch', { name: 'Only drawn is on' });
    expect(await draft.getAttribute('aria-disabled')).toBe('true');
    const reason = page.locator(`[id="${await draft.getAttribute('aria-describedby')}"]`);
    expect(await reason.textContent()).toContain('It is a draft');
    await row('Only drawn').getByRole('button', { name: 'More about Only drawn' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Export JSON' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('only-drawn.json');
    const text = await readFile(await file.path(), 'utf8');
    expect((await app.call('POST', '/api/v1/integrations', JSON.parse(text))).status).toBe(201);
  });

  it('find an integration by name, and say when none has it', async () => {
    await makeIntegration('Needle in the hay', 'project.task.assigned', '/needle');
    await signIn();
    await page.keyboard.press('/');
    await page.keyboard.type('needle');
    await page.waitForURL(/q=needle/);
    await page.getByText('1 integration', { exact: true }).waitFor();
    await page.keyboard.type(' and thread');
    await page.getByRole('heading', { name: 'No match' }).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await row('Needle in the hay').waitFor();
  });

  it('show a run as it comes in, with the exact request and response', async () => {
    const id = await makeIntegration('Seen live', 'project.task.completed', '/live');
    await turn(id, 'on');
    let answer = () => {};
    receiver.script('/live', (_request, response) => {
      answer = () => response.writeHead(201, { 'content-type': 'application/json' }).end('{"no":12345678901234567890}');
    });
    await signIn();
    await page.goto(`${app.url}/runs?integrationId=${id}`);
    await page.getByRole('heading', { name: 'No match' }).waitFor();

    expect((await send('project.task.completed', { name: 'Ada <b>Lovelace</b>' })).status).toBe(202);
    await row('Seen live').getByRole('link', { name: 'Seen live' }).click();
    await page.getByRole('status').getByText('Running').waitFor();
    await page.getByText('Waiting for the answer').waitFor();
    await receiver.until(1);
    answer();
    await page.getByRole('status').getByText('Succeeded').waitFor();

    const request = page.getByRole('region', { name: 'Request', exact: true });
    await request.getByText(`${receiver.url}/live`).waitFor();
    const sent = receiver.on('/live')[0];
    const shown = await request.getByRole('region', { name: 'Request body' }).innerText();
    expect(JSON.parse(shown)).toEqual(JSON.parse(sent.body));
    expect(JSON.parse(sent.body)).toEqual({ name: 'Ada <b>Lovelace</b>' });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.keyboard.press('c');
    await request.getByRole('button', { name: 'Copied' }).waitFor();
    const command = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(command).toContain(`curl ${receiver.url}/live`);
    expect(command).toContain(`--data-raw '${sent.body}'`);

    await request.getByText('Headers').click();
    await request.getByText(sent.headers['idempotency-key'] as string).waitFor();
    await request.getByText('hello', { exact: true }).waitFor();

    const response = page.getByRole('region', { name: 'Response', exact: true });
    await response.getByText('201', { exact: true }).waitFor();
    await response.getByText('12345678901234567890').waitFor();
    expect(await page.locator('#page b').count()).toBe(0);
  });

  it('show new runs at once while nobody is at work in the list, and else behind a bar, so that no row jumps', async () => {
    const id = await makeIntegration('Comes in a row', 'space.user.created', '/row');
    await turn(id, 'on');
    receiver.always('/row', { status: 200 });
    await signIn();
    await page.goto(`${app.url}/runs?integrationId=${id}`);
    await page.getByRole('heading', { name: 'No match' }).waitFor();
    await send('space.user.created', { name: '1' });
    await row('Comes in a row').getByText('Succeeded').waitFor();
    await send('space.user.created', { name: '2' });
    await page.getByText('2 runs', { exact: true }).waitFor();

    await page.keyboard.press('j');
    const focused = page.locator('[data-row-link]:focus');
    const place = (await focused.boundingBox())!.y;
    await send('space.user.created', { name: '3' });
    await send('space.user.created', { name: '4' });
    await page.getByRole('button', { name: 'Show 2 new runs' }).waitFor();
    expect(await row('Comes in a row').count()).toBe(2);
    expect((await focused.boundingBox())!.y).toBe(place);
    await page.keyboard.press('.');
    await page.getByText('4 runs', { exact: true }).waitFor();
    await focused.waitFor();

    // Whoever leaves the list lets it go on.
    await send('space.user.created', { name: '5' });
    await page.getByRole('button', { name: 'Show 1 new run' }).waitFor();
    await page.getByRole('searchbox').focus();
    await page.getByText('5 runs', { exact: true }).waitFor();
    await row('Comes in a row').first().hover();
    await send('space.user.created', { name: '6' });
    await page.getByRole('button', { name: 'Show 1 new run' }).click();
    await page.getByText('6 runs', { exact: true }).waitFor();
  });

  it('keep the list of runs up to date without a stream, and say when nothing is heard any more', async () => {
    const id = await makeIntegration('Heard of all the same', 'space.team.created', '/heard');
    await turn(id, 'on');
    receiver.always('/heard', { status: 200 });
    await signIn();
    await page.route('**/api/v1/runs/stream**', (route) => route.abort());
    await page.goto(`${app.url}/runs?integrationId=${id}`);
    await page.getByRole('heading', { name: 'No match' }).waitFor();
    await send('space.team.created', { name: '1' });
    await row('Heard of all the same').getByText('Succeeded').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();

    await page.route('**/api/v1/runs?**', (route) => route.abort());
    await page.getByRole('alert').getByText('Live updates paused. Trying again').waitFor();
    await send('space.team.created', { name: '2' });
    await page.unrouteAll({ behavior: 'wait' });
    await page.getByText('2 runs', { exact: true }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    complaints = complaints.filter((complaint) => !complaint.includes('/api/v1/runs'));
  });

  it('say in words why a run failed', async () => {
    const id = await makeIntegration('Meets a closed door', 'space.user.updated', '/door');
    await turn(id, 'on');
    receiver.always('/door', { status: 403, body: { reason: 'closed' } });
    const { body } = await send('space.user.updated', { name: 'Eve' });
    await signIn();
    await page.goto(`${app.url}/runs/${body.runs[0]}`);
    await page.getByText('Failed at step 2').waitFor();
    await page.getByRole('heading', { name: /does not allow this call \(403\)/ }).waitFor();
    await page.getByRole('region', { name: 'Response body' }).getByText('"closed"').waitFor();
  });

  it('fold failed runs by their cause, and lead to those of one', async () => {
    const id = await makeIntegration('Fails alike', 'space.team.updated', '/alike');
    await turn(id, 'on');
    receiver.always('/alike', { status: 503 });
    for (let n = 0; n < 3; n += 1) await send('space.team.updated', { name: n });
    await signIn();
    await page.goto(`${app.url}/runs?integrationId=${id}`);
    await row('At step 2, Greet the receiver').nth(2).waitFor();
    await page.getByText('By cause').click();
    const cause = row('503 at Greet the receiver');
    await cause.getByText('3', { exact: true }).waitFor();
    await cause.getByRole('link').click();
    await page.getByText('3 runs', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Show the runs of all causes' }).waitFor();
  });

  it('tell an unknown run from a broken page', async () => {
    await signIn();
    await page.goto(`${app.url}/runs/run_01jd8t4vz2e5qbv8x3k9m7n6p5`);
    await page.getByRole('heading', { name: 'There is no such run' }).waitFor();
    complaints = complaints.filter((complaint) => !complaint.includes('/api/v1/runs/run_'));
  });

  it('work with the keyboard alone', async () => {
    const id = await makeIntegration('Keys only', 'space.user.deleted', '/keys');
    await publish(id);
    receiver.always('/keys', { status: 200 });
    await page.goto(`${app.url}/integrations`);
    await page.locator('input:focus').waitFor();
    await page.keyboard.type(app.adminKey);
    await page.keyboard.press('Enter');
    await row('Keys only').waitFor();
    await page.keyboard.press('j');
    await page.locator('[data-row-link]:focus').filter({ hasText: 'Keys only' }).waitFor();
    await page.keyboard.press(' ');
    await page.getByText('Keys only is on', { exact: true }).waitFor();
    expect(await stateOf(id)).toBe('on');
    await send('space.user.deleted', { name: 'Key' });
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Step 2 · HTTP POST Greet the receiver/ }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await row('Keys only').getByText('Succeeded').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Greet the receiver' }).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.getByRole('region', { name: 'Event' }).getByText('"space.user.deleted"').first().waitFor();
  });

  it.each([
    ['light', 1440, 'system.maintenance'],
    ['dark', 1440, 'system.credits_low'],
    ['light', 320, 'system.service_degradation'],
    ['dark', 320, 'system.free_trial_ending'],
  ] as const)('break no rule of WCAG 2.2 AA in %s at %d px, and never scroll sideways', async (scheme, width, type) => {
    const id = await makeIntegration(`Looked at in ${scheme}`, type, '/look');
    await turn(id, 'on');
    receiver.always('/look', { status: 500, body: { error: 'out of order' } });
    const { body } = await send(type, { name: 'Look' });
    await page.context().close();
    page = await openPage(scheme, width);
    await page.goto(`${app.url}/integrations`);
    await page.getByLabel('API key').waitFor();
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe(scheme);
    expect(await axeFaults(page)).toEqual([]);
    await signIn();
    for (const [path, sign] of [
      ['/integrations', `Looked at in ${scheme}`],
      ['/runs', `Looked at in ${scheme}`],
      ['/runs?group=cause', '500 at Greet the receiver'],
      [`/runs/${body.runs[0]}`, 'had an error of its own'],
      ['/events', type],
    ]) {
      await page.goto(app.url + path);
      await page.getByText(sign).first().waitFor();
      expect([path, await axeFaults(page)]).toEqual([path, []]);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    }
  });
});
