import type { Page } from 'playwright-core';
import { useApp } from '../support/app.js';
import { axeFaults, takePicture } from '../support/browser.js';
import { mapByMouse, openBuilder, openStep, saved } from '../support/builder-pages.js';
import { focused, usePages } from '../support/pages.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

const DATA = { name: 'Write the report', due: null, points: 5, owner: { name: 'Ada' } };

describe('the panel of a step', () => {
  const app = useApp();
  const receiver = useSharedReceiver();
  const pages = usePages();
  let page: Page;

  beforeAll(async () => {
    await app.call('POST', '/api/v1/events', { type: 'project.task.completed', subject: 'task/42', data: DATA });
  });

  const step = (key: string, path: string, rest: object = {}, input: object = {}) => ({
    key,
    name: `Step ${key}`,
    action: 'post',
    input: { url: `${receiver.url}${path}`, ...input },
    ...rest,
  });

  async function open(steps: object[], scheme: 'light' | 'dark' = 'light', width = 1440): Promise<string> {
    const trigger = { type: 'event', eventType: 'project.task.completed' };
    const opened = await openBuilder(pages, app, { trigger, steps }, { scheme, width });
    ({ page } = opened);
    return opened.id;
  }
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  const draftOf = async (id: string) => (await app.call('GET', `/api/v1/integrations/${id}`)).body;

  it('maps three fields by mouse, leaves the empty one out, and shows the exact request and response', async () => {
    receiver.always('/tasks', { status: 201, body: { no: 7 } });
    const id = await open([step('create', '/tasks')]);
    await openStep(page, 'create');
    await mapByMouse(page);
    await page.getByText('"Write the report"', { exact: true }).first().waitFor();
    await takePicture(page, 'configure-light');
    await saved(page);
    expect((await draftOf(id)).steps[0].input).toMatchObject({
      omitNulls: true,
      body: [
        { key: 'title', value: '{{ trigger.data.name }}' },
        { key: 'points', value: '{{ trigger.data.points }}' },
        { key: 'due', value: '{{ trigger.data.due }}' },
      ],
    });

    await page.getByRole('tab', { name: /^Test/ }).click();
    await page.getByRole('button', { name: 'Test step' }).click();
    await page.getByRole('button', { name: 'Send it' }).click();
    const request = page.getByRole('region', { name: 'Request', exact: true });
    const body = request.getByRole('region', { name: 'Request body' });
    await body.waitFor();
    await page.getByRole('region', { name: 'Response', exact: true }).getByText('201', { exact: true }).waitFor();
    expect(receiver.on('/tasks')).toHaveLength(1);
    expect(JSON.parse(await body.innerText())).toEqual({ title: 'Write the report', points: 5 });
    expect(JSON.parse(receiver.on('/tasks')[0].body)).toEqual({ title: 'Write the report', points: 5 });
    await takePicture(page, 'test-light');
    await page.getByRole('tab', { name: 'Retries and errors' }).click();
    await takePicture(page, 'retries-light');
    await page.getByRole('tab', { name: 'Output fields' }).click();
    await page.getByText('From the last test.').waitFor();
    await takePicture(page, 'output-light');
  });

  it('sends a custom form with files, and asks for [] where a key holds several of them', async () => {
    receiver.always('/form', { status: 200, body: {} });
    const id = await open([step('send', '/form')]);
    await openStep(page, 'send');
    await page.getByText('Custom', { exact: true }).click();
    await page.getByRole('combobox', { name: 'HTTP method' }).fill('PATCH');
    await page.getByText('Form data', { exact: true }).click();
    await page.getByRole('button', { name: 'Add text' }).click();
    await focused(field('Key of parameter 1'));
    await page.keyboard.type('title');
    await field('Value of title').click();
    await page.getByRole('treeitem', { name: 'Name Write the report' }).click();
    await page.getByRole('button', { name: 'Add file' }).click();
    await focused(field('Key of parameter 2'));
    await page.keyboard.type('Attachments');
    const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(`content of ${name}`) });
    await page.getByLabel('Choose a file for Attachments').setInputFiles([file('a.txt'), file('b.txt')]);
    await page.getByText('Several files need a key that ends in []').waitFor();
    await takePicture(page, 'form-light');
    await page.getByRole('button', { name: 'Add []' }).click();
    await saved(page);
    const [{ action, input }] = (await draftOf(id)).steps;
    expect([action, input]).toMatchObject(['custom', { method: 'PATCH', bodyType: 'form-data' }]);
    expect(input.body).toEqual([
      { key: 'title', value: '{{ trigger.data.name }}' },
      { key: 'Attachments[]', value: [{ fileId: expect.any(String) }, { fileId: expect.any(String) }] },
    ]);
    await page.getByRole('region', { name: 'Test result' }).getByRole('button', { name: 'Test step' }).click();
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.getByRole('region', { name: 'Test result' }).getByText('200', { exact: true }).waitFor();
    const [sent] = receiver.on('/form');
    expect(sent.method).toBe('PATCH');
    expect(sent.body).toMatch(/name="title"\r\n(.+\r\n)?\r\nWrite the report\r\n/);
    for (const name of ['a.txt', 'b.txt']) {
      expect(sent.body).toContain(`name="Attachments[]"; filename="${name}"`);
      expect(sent.body).toContain(`\r\n\r\ncontent of ${name}\r\n`);
    }
  });

  it('has fields for the keyboard: data by / and {{, pills as one character, their own undo', async () => {
    const id = await open([step('create', '/keys')]);
    await openStep(page, 'create');
    await page.getByRole('button', { name: 'Add parameter', exact: true }).press('Enter');
    await focused(field('Key of parameter 1'));
    await page.keyboard.type('title');
    await page.keyboard.press('Tab');
    await focused(field('Value of title'));
    const list = page.getByRole('listbox', { name: 'Data to insert' });
    const value = async () => (await draftOf(id)).steps[0].input.body[0].value;
    await page.keyboard.type('Done: /nam');
    await list.getByRole('option', { name: /^Owner › Name Ada/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await list.getByRole('option', { selected: true, name: /^Owner › Name/ }).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByText('"Done: Write the report"').first().waitFor();
    await page.keyboard.press('Backspace');
    await page.getByText('"Done: "').first().waitFor();
    await page.keyboard.press('Control+z');
    await page.getByText('"Done: Write the report"').first().waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Delete');
    await page.keyboard.type('{{poi');
    await list.getByRole('option', { name: /^Points 5/ }).waitFor();
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Space');
    await list.getByRole('option', { selected: true, name: /^Points 5/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('"Done: 5"').first().waitFor();
    await page.keyboard.press('Control+s');
    await saved(page);
    expect(await value()).toBe('Done: {{ trigger.data.points }}');
    await page.keyboard.press('Control+Space');
    await list.getByRole('option').nth(5).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.locator('[data-step=create]:focus').waitFor();
  });

  it('says in words why a test failed', async () => {
    receiver.always('/closed', { status: 422, body: { error: 'vendor_id is required' } });
    await open([step('create', '/closed')]);
    await openStep(page, 'create');
    await page.getByRole('tab', { name: /^Test/ }).click();
    await page.getByRole('button', { name: 'Test step' }).click();
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.getByRole('heading', { name: /did not accept the values \(422\)/ }).waitFor();
    await page.getByRole('region', { name: 'Response body' }).getByText('vendor_id is required').waitFor();
    await takePicture(page, 'failed-light');
  });

  it('tests with the sample, also where it is not read yet when the test is asked for', async () => {
    receiver.always('/early', { status: 200, body: {} });
    const query = [{ key: 'name', value: '{{ trigger.data.name }}' }];
    await open([{ ...step('create', '/early', {}, { query }), action: 'get' }]);
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/api/v1/events/evt_*', (route) => held.then(() => route.continue()));
    await page.reload();
    await openStep(page, 'create');
    const result = page.getByRole('region', { name: 'Test result' });
    await result.getByRole('button', { name: 'Test step' }).click();
    answer();
    await result.getByText('200', { exact: true }).waitFor();
    expect(receiver.on('/early').map(({ url }) => url)).toEqual(['/early?name=Write%20the%20report']);
    await page.unrouteAll({ behavior: 'wait' });
  });

  it('offers what fits as soon as it is read, also to who has typed already', async () => {
    await open([step('create', '/typed')]);
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route(/\/api\/v1\/events[?/]/, (route) => held.then(() => route.continue()));
    await page.reload();
    await openStep(page, 'create');
    await field('URL').click();
    await page.keyboard.type(' /owner');
    answer();
    const list = page.getByRole('listbox', { name: 'Data to insert' });
    await list.getByRole('option', { selected: true, name: /^Owner/ }).waitFor();
    await page.unrouteAll({ behavior: 'wait' });
  });

  it('shows a pill as broken once its step is gone', async () => {
    await open([
      step('first', '/a'),
      step('second', '/b', {}, { body: [{ key: 'rate', value: '{{ steps.first.body.rate }}' }] }),
    ]);
    await openStep(page, 'first');
    await page.getByRole('button', { name: 'More for this step' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await openStep(page, 'second');
    await page.getByText('Missing: step first › Rate').first().waitFor();
    await takePicture(page, 'broken-light');
  });

  it('fills a step from a cURL command, after it said what has no place', async () => {
    const id = await open([step('call', '/old')]);
    await openStep(page, 'call');
    await page.getByRole('button', { name: 'Paste cURL' }).click();
    await page
      .getByRole('textbox', { name: 'Command' })
      .fill(
        `curl --compressed -X PUT https://api.example.com/v1/entries -H 'X-Task: 1' -d '{"a":1}' -H 'content-type: application/json' --interface eth0`,
      );
    await page.mouse.click(5, 5); // beside the dialog, which keeps what was typed
    await page.getByRole('button', { name: 'Fill in the step' }).click();
    await page.getByText('--interface').first().waitFor();
    await page.getByRole('button', { name: 'Fill in the rest' }).click();
    await page.getByText('https://api.example.com/v1/entries').first().waitFor();
    await saved(page);
    expect((await draftOf(id)).steps[0].input).toMatchObject({ url: 'https://api.example.com/v1/entries' });
  });

  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['dark', 320],
  ] as const)('breaks no rule of WCAG 2.2 AA in %s at %d px', async (scheme, width) => {
    await open(
      [
        step(
          'create',
          '/look',
          {},
          {
            body: [
              { key: 'title', value: 'Hi {{ trigger.data.name }}' },
              { key: 'twice', value: '{{ trigger.data.points * 2 }}' },
            ],
          },
        ),
      ],
      scheme,
      width,
    );
    await openStep(page, 'create');
    await field('Value of title').click();
    if (width > 1199) await page.getByRole('tree').waitFor();
    await page.getByText('"Hi Write the report"').waitFor();
    await takePicture(page, `panel-${scheme}-${width}`);
    expect(await axeFaults(page)).toEqual([]);
    for (const tab of [/^Test/, /^Retries/, /^Output/]) {
      await page.getByRole('tab', { name: tab }).click();
      expect(await axeFaults(page)).toEqual([]);
    }
  });
});
