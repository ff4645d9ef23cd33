import type { Page } from 'playwright-core';
import { useApp } from '../support/app.js';
import { axeFaults, overhang, takePicture } from '../support/browser.js';
import { openBuilder, openStep, saved } from '../support/builder-pages.js';
import { focused, usePages } from '../support/pages.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

const DATA = { name: 'Write the report', due: null, points: 5, owner: { name: 'Ada', email: 'ada@example.com' } };

describe('a draft', () => {
  const app = useApp();
  const receiver = useSharedReceiver();
  const pages = usePages();
  let page: Page;

  beforeAll(async () => {
    await app.call('POST', '/api/v1/events', { type: 'project.task.completed', subject: 'task/42', data: DATA });
  });

  const step = (key: string, path: string, action = 'post', input: object = {}) => ({
    key,
    name: `Step ${key}`,
    action,
    input: { url: `${receiver.url}${path}`, ...input },
    retry: { attempts: 1 },
  });

  async function open(steps: object[], scheme: 'light' | 'dark' = 'light', width = 1440): Promise<string> {
    const trigger = { type: 'event', eventType: 'project.task.completed' };
    const opened = await openBuilder(pages, app, { trigger, steps }, { scheme, width });
    ({ page } = opened);
    return opened.id;
  }
  const inputOf = async (id: string) => (await app.call('GET', `/api/v1/integrations/${id}`)).body.steps[0].input;

  it('is mapped by what matches, once every match was agreed to, by keyboard', async () => {
    const body = [
      { key: 'Name', value: '' },
      { key: 'owner_email', value: '' },
      { key: 'points', value: 1 },
      { key: 'channel', value: 'mail' },
    ];
    const id = await open([step('create', '/tasks', 'post', { body })]);
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route(/\/api\/v1\/events[?/]/, (route) => held.then(() => route.continue()));
    await page.reload();
    await openStep(page, 'create');
    await page.getByRole('button', { name: 'Map all' }).focus();
    await page.keyboard.press('Enter');
    answer();
    const dialog = page.getByRole('dialog', { name: 'Map all' });
    await dialog.getByRole('checkbox', { name: /^Name from 1 Name/, checked: true }).waitFor();
    await dialog.getByRole('checkbox', { name: /^owner_email from 1 Owner › Email/, checked: true }).waitFor();
    await dialog.getByRole('checkbox', { name: /^points from 1 Points 5 · instead of 1/, checked: false }).waitFor();
    await dialog.getByRole('checkbox', { name: /^due from 1 Due/, checked: false }).waitFor();
    expect(await inputOf(id)).toMatchObject({ body });
    expect(await axeFaults(page)).toEqual([]);
    await takePicture(page, 'map-all-light');
    await dialog.getByRole('checkbox', { name: /^points/ }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    await saved(page);
    expect((await inputOf(id)).body.map(({ value }: { value: unknown }) => value)).toEqual([
      '{{ trigger.data.name }}',
      '{{ trigger.data.owner.email }}',
      '{{ trigger.data.points }}',
      'mail',
    ]);
    await page.getByRole('button', { name: 'Undo: map 3 parameters' }).click();
    await saved(page);
    expect(await inputOf(id)).toMatchObject({ body });
  });

  it('is tested as a whole: asked once, naming the hosts; each step shows what came of it', async () => {
    receiver.always('/rates', { status: 200, body: { rate: 1.5 } });
    receiver.always('/orders', { status: 422, body: { error: 'no vendor' } });
    const host = new URL(receiver.url).host;
    const id = await open([
      step('rates', '/rates', 'get'),
      step('order', '/orders', 'post', { body: [{ key: 'rate', value: '{{ steps.rates.body.rate }}' }] }),
    ]);
    await page.getByRole('button', { name: 'Test all steps' }).click();
    const dialog = page.getByRole('dialog', { name: 'Test all steps for real?' });
    await dialog.getByText(`POST to ${host}`).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await takePicture(page, 'test-all-ask-light');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(receiver.on('/rates')).toHaveLength(0);
    await focused(page.getByRole('button', { name: 'Test all steps' }));
    await page.getByRole('button', { name: 'Test all steps' }).click();
    await dialog.getByRole('button', { name: 'Send it' }).click();
    await page.getByText('The test failed at “Step order”').waitFor();
    await page.locator('[data-step=rates]', { hasText: /(?<!not )tested, opens settings/ }).waitFor();
    await page.locator('[data-step=order]', { hasText: 'test failed, opens settings' }).waitFor();
    await takePicture(page, 'test-all-done-light');
    expect(receiver.on('/orders').map(({ body }) => JSON.parse(body) as unknown)).toEqual([{ rate: 1.5 }]);
    await openStep(page, 'order');
    await page.getByRole('tab', { name: /^Test/ }).click();
    await page.getByRole('region', { name: 'Response', exact: true }).getByText('422', { exact: true }).waitFor();
    await page.getByRole('region', { name: 'Request', exact: true }).getByText('1.5').waitFor();
    expect(await axeFaults(page)).toEqual([]);

    receiver.always('/orders', { status: 201, body: {} });
    await page.getByRole('button', { name: 'Test all steps' }).click();
    await page.getByText('All is well: 2 steps tested.').waitFor();
    const { data } = (await app.call('GET', `/api/v1/runs?integrationId=${id}&test=true`)).body;
    expect(data.map(({ status }: { status: string }) => status)).toEqual(['succeeded', 'failed']);
    await page.getByRole('link', { name: 'Open the run' }).click();
    await page.getByRole('heading', { name: /^Run/ }).first().waitFor();
  });

  it.each([
    ['light', 1440],
    ['dark', 320],
  ] as const)('reads every page of a list by a rule in words (%s, %i px)', async (scheme, width) => {
    const id = await open([step('list', '/items', 'get')], scheme, width);
    await openStep(page, 'list');
    await page.locator('summary', { hasText: 'Pages of a list' }).click();
    await page.getByText('Read every page').click();
    const found = page.getByRole('combobox', { name: 'The next page is found', exact: true });
    await found.waitFor();
    await saved(page);
    expect((await inputOf(id)).pagination).toMatchObject({ by: 'next-url', next: 'body.next', items: 'body' });
    await found.selectOption({ label: 'after a cursor in the answer' });
    await page.getByLabel('Query parameter', { exact: true }).or(page.getByLabel('Query parameter*')).first().fill('');
    await page.getByText('This cannot be empty.').waitFor();
    await page
      .getByLabel('Query parameter', { exact: true })
      .or(page.getByLabel('Query parameter*'))
      .first()
      .fill('after');
    await page.getByLabel('Where a page has its items').fill('body.data');
    await page.getByLabel('Pages at most').fill('7');
    await page.getByLabel('Stop after a page if').fill('page == 3');
    await page.getByText('Stop at a page without items').click();
    await saved(page);
    expect((await inputOf(id)).pagination).toEqual({
      by: 'cursor',
      parameter: 'after',
      next: 'body.nextCursor',
      items: 'body.data',
      maxPages: 7,
      stopWhen: 'page == 3',
      stopWhenEmpty: false,
    });
    expect(await axeFaults(page)).toEqual([]);
    expect(await overhang(page)).toBeLessThanOrEqual(0);
    await takePicture(page, `pages-${scheme}-${width}`);
    await page.getByText('Read every page').click();
    await saved(page);
    expect((await inputOf(id)).pagination).toBeNull();
  });
});
