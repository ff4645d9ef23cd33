import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { useApp } from '../support/app.js';
import { axeFaults, overhang } from '../support/browser.js';
import { send } from '../support/engine.js';
import { greet } from '../support/greeting.js';
import { changeLook, signIn, usePages } from '../support/pages.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

describe('the pages of lists and runs', () => {
  const app = useApp();
  const receiver = useSharedReceiver();
  const pages = usePages();
  let page: Page;

  beforeEach(async () => {
    page = await pages.open();
  });

  const listed = () => page.getByRole('heading', { name: 'Integrations', level: 1 }).waitFor();
  async function openList(): Promise<void> {
    await signIn(page, app);
    await page.goto(`${app.url}/integrations`);
    await listed();
  }

  /** A draft that greets the receiver; answers its id. */
  async function makeIntegration(name: string, eventType: string, path: string): Promise<string> {
    const { status, body } = await app.call('POST', '/api/v1/integrations', {
      name,
      trigger: { type: 'event', eventType },
      steps: [greet(receiver.url + path)],
    });
    expect([status, body]).toEqual([201, expect.anything()]);
    return body.id as string;
  }
  const publish = (id: string) => app.call('POST', `/api/v1/integrations/${id}/publish`);
  const turn = (id: string, state: 'on' | 'off') => app.call('PUT', `/api/v1/integrations/${id}/state`, { state });
  const stateOf = async (id: string) => (await app.call('GET', `/api/v1/integrations/${id}`)).body.state as string;
  const row = (text: string) => page.getByRole('row').filter({ hasText: text });

  it('let in who has a key, tell a wrong one, and let out again', async () => {
    await page.goto(`${app.url}/integrations`);
    await page.getByLabel('API key').fill(`hl_${'wrong'.repeat(8)}`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('This key is not known here').waitFor();
    await page.getByLabel('API key').fill(app.adminKey);
    await page.keyboard.press('Enter');
    await listed();
    await page.reload();
    await listed();
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('API key').waitFor();
    expect((await page.request.get(`${app.url}/api/v1/auth/me`)).status()).toBe(401);
    pages.forgive('/api/v1/auth/sign-in');
  });

  it('list an integration and turn it on and off', async () => {
    const id = await makeIntegration('Toggled from the list', 'project.task.created', '/toggle');
    await publish(id);
    await openList();
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

  it('take no answer about a switch that is older than its own', async () => {
    const id = await makeIntegration('Asked about meanwhile', 'project.task.updated', '/meanwhile');
    await publish(id);
    await page.clock.install();
    await openList();
    await row('Asked about meanwhile').waitFor();
    let ask = () => {};
    const asked = new Promise<void>((resolve) => (ask = resolve));
    await page.route('**/api/v1/integrations?**', async (route) => {
      await route.fetch();
      ask();
    });
    await page.route(`**/integrations/${id}/state`, async (route) => {
      await asked;
      await route.continue();
    });
    const dropped = page.waitForEvent('requestfailed', (request) => request.url().includes('/integrations?'));
    await page.getByRole('switch', { name: 'Asked about meanwhile is on' }).click();
    await page.clock.fastForward(15_000);
    await dropped;
    await page.getByText('Asked about meanwhile is on', { exact: true }).waitFor();
    expect(await stateOf(id)).toBe('on');
  });

  it('put the switch back with the reason when the server refuses', async () => {
    const id = await makeIntegration('Refused by the server', 'project.task.updated', '/refused');
    await publish(id);
    await openList();
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
    pages.forgive(`${id}/state`);
  });

  it('tell of each integration what it did in 24 hours, why it fails, and why a draft has no switch', async () => {
    const id = await makeIntegration('Did its work', 'space.datastore_form.created', '/work');
    const failing = await makeIntegration('Fails at its work', 'space.datastore_form.updated', '/fails');
    await makeIntegration('Only drawn', 'space.datastore_form.updated', '/drawn');
    await turn(id, 'on');
    await turn(failing, 'on');
    receiver.always('/work', { status: 200 });
    receiver.always('/fails', { status: 410 });
    await send(app, { name: 'a' }, { type: 'space.datastore_form.created' });
    const { body } = await send(app, { name: 'b' }, { type: 'space.datastore_form.updated' });
    await openList();
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
    await openList();
    await page.keyboard.press('/');
    await page.keyboard.type('needle');
    await page.waitForURL(/q=needle/);
    await page.getByText('1 integration', { exact: true }).waitFor();
    await page.keyboard.type(' and thread');
    await page.getByRole('heading', { name: 'No match' }).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await row('Needle in the hay').waitFor();
  });

  it('leave in the search what is typed while they look for what was typed before', async () => {
    await makeIntegration('Two words', 'project.task.assigned', '/words');
    await openList();
    await page.keyboard.press('/');
    await page.keyboard.type('two ');
    await page.waitForURL(/q=two$/);
    await page.getByText('1 integration', { exact: true }).waitFor();
    await page.keyboard.type('words');
    await page.waitForURL(/q=two\+words$/);
    expect(await page.getByRole('searchbox').inputValue()).toBe('two words');
    await row('Two words').waitFor();
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
    await send(app, { name: 'Key' }, { type: 'space.user.deleted' });
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
    const { body } = await send(app, { name: 'Look' }, { type });
    await changeLook(page, scheme, width);
    await page.goto(`${app.url}/integrations`);
    await page.getByLabel('API key').waitFor();
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe(scheme);
    expect(await axeFaults(page)).toEqual([]);
    await signIn(page, app);
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
      expect(await overhang(page)).toBeLessThanOrEqual(0);
    }
  });
});
