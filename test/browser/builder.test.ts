import type { Page } from 'playwright-core';
import { useApp } from '../support/app.js';
import { axeFaults, overhang, SERVER_AWAY } from '../support/browser.js';
import { changeLook, usePages } from '../support/pages.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

describe('the builder', () => {
  const app = useApp({ ownAddress: true });
  const receiver = useSharedReceiver();
  const pages = usePages();
  let page: Page;

  beforeEach(async () => {
    page = await pages.openSignedIn(app);
  });

  const post = (key: string, name: string, rest: object = {}) => ({
    key,
    name,
    action: 'post',
    input: { url: `${receiver.url}/${key}`, body: [{ key: 'name', value: '{{ trigger.data.name }}' }] },
    retry: { attempts: 1 },
    ...rest,
  });
  async function make(name: string, eventType: string | null, ...steps: object[]): Promise<string> {
    const trigger = { type: 'event', eventType };
    const { status, body } = await app.call('POST', '/api/v1/integrations', { name, trigger, steps });
    expect([status, body]).toEqual([201, expect.anything()]);
    return body.id as string;
  }
  const read = async (id: string) => (await app.call('GET', `/api/v1/integrations/${id}`)).body;
  const openList = async () => {
    await page.goto(`${app.url}/integrations`);
    await page.getByRole('heading', { name: 'Integrations', level: 1 }).waitFor();
  };
  const open = async (id: string, on: Page = page) => {
    await on.goto(`${app.url}/integrations/${id}`);
    await card('trigger', on).waitFor();
  };
  const card = (step: string, on: Page = page) => on.locator(`[data-step=${step}]`);
  const said = (state: string, on: Page = page) => on.locator(`[data-save="${state}"]`).waitFor();
  const keysOf = async (id: string) => (await read(id)).steps.map((step: { key: string }) => step.key) as string[];

  it('begins with a name, and takes steps in by the keyboard alone', async () => {
    await openList();
    await page.keyboard.press('n');
    await page.getByRole('dialog', { name: 'New integration' }).waitFor();
    await page.keyboard.type('Made by keys');
    await page.keyboard.press('Enter');
    const trigger = page.getByRole('button', { name: /^Step 1 · When this happens Choose what starts this/ });
    await trigger.waitFor();
    const id = new URL(page.url()).pathname.split('/')[2];
    await trigger.focus();
    await page.keyboard.press('a');
    await page.getByRole('combobox', { name: 'Find a step to add' }).fill('post');
    await page.keyboard.press('Enter');
    await page.locator('[data-step=post_data]:focus').waitFor();
    await page.keyboard.press('Shift+A');
    await page.getByRole('combobox', { name: 'Find a step to add' }).fill('get');
    await page.keyboard.press('Enter');
    await page.locator('[data-step=get_data]:focus').waitFor();
    await said('saved');
    expect(await keysOf(id)).toEqual(['get_data', 'post_data']);

    await page.keyboard.press('ArrowDown');
    await page.locator('[data-step=post_data]:focus').waitFor();
    await page.keyboard.press('Alt+ArrowUp');
    await page.locator('[data-step=post_data]:focus').waitFor();
    await page.keyboard.press('Control+d');
    await page.locator('[data-step=post_data_2]:focus').waitFor();
    await page.keyboard.press('Delete');
    await page.locator('[data-step=get_data]:focus').waitFor();
    await page.keyboard.press('Control+s');
    await page.locator('[aria-live=polite]').filter({ hasText: 'Saved' }).waitFor({ state: 'attached' });
    expect(await keysOf(id)).toEqual(['post_data', 'get_data']);
  });

  it('undoes and redoes, step by step, with what was selected', async () => {
    const id = await make('Undone', 'project.task.created', post('first', 'First call'), post('second', 'Second call'));
    await open(id);
    await card('second').click();
    await page.keyboard.press('Delete');
    await card('second').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo: delete step Second call' }).click();
    await page.locator('[data-step=second][aria-expanded=true]').waitFor();
    await page.keyboard.press('Control+Shift+z');
    await card('second').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await card('second').waitFor();
    await said('saved');
    expect(await keysOf(id)).toEqual(['first', 'second']);
  });

  it('copies a step into another integration through the clipboard', async () => {
    const from = await make('Copied from', 'project.task.created', post('first', 'First call'));
    const to = await make('Copied to', 'project.task.created', post('first', 'Other call'));
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await open(from);
    await card('first').focus();
    await page.keyboard.press('Control+c');
    await open(to);
    await card('first').focus();
    await page.keyboard.press('Control+v');
    await page.locator('[data-step=first_2]:focus').waitFor();
    await said('saved');
    expect((await read(to)).steps[1]).toMatchObject({ key: 'first_2', name: 'First call' });
  });

  it('loses nothing while the server is away, and never calls saved what is not', async () => {
    const id = await make('Server restarts', 'project.task.created', post('first', 'First call'));
    await open(id);
    await app.goAway();
    await page.getByRole('textbox', { name: 'Name of the integration' }).fill('Written in the dark');
    await said('cannot-save');
    expect(await page.locator('[data-save=saved]').count()).toBe(0);
    page.once('dialog', (dialog) => void dialog.accept());
    await app.comeBack();
    // A reload before the next try: the work comes out of the journal.
    await page.reload();
    await page.locator('input[aria-label="Name of the integration"][value="Written in the dark"]').waitFor();
    await said('saved');
    expect((await read(id)).name).toBe('Written in the dark');
    pages.forgive(SERVER_AWAY);
    // A save whose answer the reload cut off is met again as 412, and found to be ours.
    pages.forgive('412');
  });

  it('tells two windows of each other, and keeps the work of both', async () => {
    const id = await make('Two windows', 'project.task.created', post('first', 'First call'));
    await open(id);
    const other = await page.context().newPage();
    await open(id, other);
    await other.getByRole('textbox', { name: 'Name of the integration' }).fill('Theirs');
    await said('saved', other);
    await card('first').focus();
    await page.keyboard.press('Control+d');
    await page.getByRole('alert').getByText('This was changed somewhere else').waitFor();
    await said('conflict');
    await page.getByRole('button', { name: 'See changes' }).click();
    await page.getByRole('list', { name: 'Your changes' }).getByText('Copy of First call').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Keep mine as a copy' }).click();
    await page.waitForURL((url) => !url.pathname.includes(id));
    const copy = new URL(page.url()).pathname.split('/')[2];
    expect(await keysOf(copy)).toEqual(['first', 'first_2']);
    expect(await read(id)).toMatchObject({ name: 'Theirs', revision: 2 });
    pages.forgive('412');
  });

  it('publishes and turns on at once, then asks about events that came while it was off', async () => {
    const id = await make('Toggled in the builder', 'space.team.created', post('toggled', 'Tell the receiver'));
    receiver.always('/toggled', { status: 200 });
    await open(id);
    const toggle = page.getByRole('switch', { name: 'Toggled in the builder is on' });
    await toggle.click();
    await page
      .getByRole('dialog', { name: 'Publish and turn on?' })
      .getByRole('button', { name: 'Publish and turn on' })
      .click();
    await page.getByText('Saved. Version 1 is live').waitFor();
    await toggle.click();
    await page
      .getByRole('status')
      .getByText(/^Off\. /)
      .waitFor();
    expect(await read(id)).toMatchObject({ state: 'off', publishedVersion: 1 });
    for (const name of ['Ada', 'Bob']) {
      const { body } = await app.call('POST', '/api/v1/events', { type: 'space.team.created', data: { name } });
      expect(body).toMatchObject({ held: 1 });
    }
    await toggle.click();
    const question = page.getByRole('dialog', { name: '2 events arrived while this was off' });
    await question.getByLabel('Run them').check();
    await question.getByRole('button', { name: 'Turn on' }).click();
    await page.locator('[role=switch][aria-checked=true]').waitFor();
    await receiver.until(2);
    // Begun in order; the two calls are under way together.
    const told = receiver.on('/toggled').map(({ body }) => JSON.parse(body) as { name: string });
    expect(told.map(({ name }) => name).sort()).toEqual(['Ada', 'Bob']);
  });

  it('shows what publishing would change, and the versions with their differences', async () => {
    const id = await make('Published twice', 'space.team.updated', post('first', 'First call'));
    await app.call('POST', `/api/v1/integrations/${id}/publish`, {});
    await open(id);
    await page.getByText('Up to date').waitFor();
    await card('first').focus();
    await page.keyboard.press('Control+d');
    await page.getByRole('button', { name: 'Publish 1 change' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish version 2' });
    await dialog.getByRole('list', { name: 'What changes' }).getByText('Copy of First call').waitFor();
    await dialog.getByLabel('Note').fill('Twice is better');
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Up to date').waitFor();
    await page.getByRole('link', { name: 'Versions' }).click();
    await page.getByRole('button', { name: /Version 2.*Twice is better/ }).waitFor();
    const shown = page.getByRole('region', { name: 'Version 2' });
    await shown.getByText('1 difference.').waitFor();
    await shown.getByText('Added', { exact: true }).waitFor();
    await page.getByRole('button', { name: /Version 1/ }).click();
    await page.getByRole('button', { name: 'Make this the draft' }).click();
    await page.getByRole('button', { name: 'Publish 1 change' }).waitFor();
    await said('saved');
    expect(await keysOf(id)).toEqual(['first']);
    await page.getByRole('button', { name: 'Undo: make version 1 the draft' }).click();
    await page.getByText('Up to date').waitFor();
    await page.locator('[data-save=saved]').waitFor();
    expect((await keysOf(id)).length).toBe(2);
  });

  it('says what has to be put right before it can be turned on', async () => {
    const id = await make('Not ready', null, post('first', 'First call', { input: { url: '' } }));
    await open(id);
    await page.getByRole('button', { name: '2 to fix' }).click();
    await page.getByRole('menuitem', { name: /First call.*Say where to send it/ }).click();
    await page.locator('[data-step=first][aria-expanded=true]').waitFor();
    const toggle = page.getByRole('switch', { name: 'Not ready is on' });
    expect(await toggle.getAttribute('aria-disabled')).toBe('true');
    await page.getByText('2 things to fix before it can be turned on.').first().waitFor({ state: 'attached' });
  });

  it('has a list that does all that the drawing does', async () => {
    const id = await make(
      'As a list',
      'project.task.created',
      post('first', 'First call'),
      post('second', 'Second call'),
    );
    await open(id);
    await page.getByRole('button', { name: 'List' }).click();
    await page.getByRole('button', { name: 'Move Second call up' }).click();
    await page.getByRole('button', { name: 'Duplicate First call' }).click();
    await page.getByRole('button', { name: 'Delete Second call' }).click();
    await page.getByRole('button', { name: 'Add a step after Copy of First call' }).click();
    await page.getByRole('option', { name: /GET/ }).click();
    await page.locator('[data-step=get_data]:focus').waitFor();
    await said('saved');
    expect(await keysOf(id)).toEqual(['first', 'first_2', 'get_data']);
  });

  it('is found by Ctrl K', async () => {
    await openList();
    const id = await make('Needle in the palette', 'project.task.created', post('first', 'First call'));
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search or jump to' }).fill('needle');
    await page.getByRole('option', { name: /Needle in the palette/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/integrations/${id}`);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  });

  it('is found by who presses Enter before the answer is there', async () => {
    const id = await make('Found in haste', 'project.task.created', post('first', 'First call'));
    await openList();
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/api/v1/integrations?**', (route) => held.then(() => route.continue()));
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search or jump to' }).fill('haste');
    await page.keyboard.press('Enter');
    answer();
    await page.waitForURL(`**/integrations/${id}`);
    await page.unrouteAll({ behavior: 'wait' });
  });

  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 900],
    ['dark', 320],
  ] as const)('breaks no rule of WCAG 2.2 AA in %s at %d px, and never scrolls sideways', async (scheme, width) => {
    const tell = post('tell', 'Tell somebody');
    const steps = [
      post('first', 'First call', { onError: 'error-steps', errorSteps: [tell] }),
      post('second', 'Second call'),
    ];
    const id = await make(`Looked at in ${scheme} at ${width}`, 'project.task.created', ...steps);
    await app.call('POST', `/api/v1/integrations/${id}/publish`, { note: 'First' });
    await changeLook(page, scheme, width);
    await page.goto(`${app.url}/integrations/${id}`);
    await page.locator('[data-step=second]').waitFor();
    const check = async (what: string) => {
      expect([what, await axeFaults(page)]).toEqual([what, []]);
      expect(await overhang(page)).toBeLessThanOrEqual(0);
    };
    await check('drawing');
    await page.locator('[data-step=trigger]').focus();
    await page.keyboard.press('a');
    await page.getByRole('option').first().waitFor();
    await check('picker');
    await page.keyboard.press('Escape');
    await page.goto(`${app.url}/integrations/${id}/versions`);
    await page.getByRole('button', { name: /Version 1/ }).waitFor();
    await check('versions');
  });
});
