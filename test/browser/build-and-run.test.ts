import type { Locator, Page } from 'playwright-core';
import { useApp } from '../support/app.js';
import { mapByMouse } from '../support/builder-pages.js';
import { focused, usePages } from '../support/pages.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

const SAMPLE = { name: 'Write the report', due: null, points: 5 };
const REAL = { name: 'Send the "report" – ✓', due: null, points: 12345678901234 };
const MAPPED = { title: '{{ trigger.data.name }}', points: '{{ trigger.data.points }}', due: '{{ trigger.data.due }}' };

describe('from nothing to a run', () => {
  const app = useApp();
  const receiver = useSharedReceiver();
  const pages = usePages();
  let page: Page;
  let made: string | undefined;

  beforeEach(async () => {
    await send(SAMPLE);
    page = await pages.open();
    await page.goto(`${app.url}/integrations`);
    await page.locator('input:focus').waitFor();
    await page.keyboard.type(app.adminKey);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Integrations', level: 1 }).waitFor();
  });
  afterEach(async () => {
    if (made) await app.call('PUT', `/api/v1/integrations/${made}/state`, { state: 'off' });
  });

  const send = async (data: object) => {
    const { status } = await app.call('POST', '/api/v1/events', { type: 'project.task.completed', data });
    expect(status).toBe(202);
  };
  const read = async (id: string) => (await app.call('GET', `/api/v1/integrations/${id}`)).body;
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  const step = (key: string) => page.locator(`[data-step=${key}]`);
  const isOn = () => page.locator('[role=switch][aria-checked=true]').waitFor();

  /** The test that is on screen is of the call that the receiver got. */
  async function seeTheTest(path: string): Promise<void> {
    const request = page.getByRole('region', { name: 'Request', exact: true });
    const response = page.getByRole('region', { name: 'Response', exact: true });
    await response.getByText('201', { exact: true }).waitFor();
    expect(receiver.on(path)).toHaveLength(1);
    const [sent] = receiver.on(path);
    await request.getByText(`${receiver.url}${path}`).waitFor();
    const shown = await request.getByRole('region', { name: 'Request body' }).innerText();
    expect([JSON.parse(shown), JSON.parse(sent.body)]).toEqual(Array(2).fill({ title: 'Write the report', points: 5 }));
    const answer = await response.getByRole('region', { name: 'Response body' }).innerText();
    expect(JSON.parse(answer)).toEqual({ no: 7 });
  }

  async function seeTheRun(path: string): Promise<void> {
    await page.getByRole('status').getByText('Succeeded').waitFor();
    const request = page.getByRole('region', { name: 'Request', exact: true });
    await request.getByText(`${receiver.url}${path}`).waitFor();
    const shown = await request.getByRole('region', { name: 'Request body' }).innerText();
    expect(receiver.on(path)).toHaveLength(2);
    const [, sent] = receiver.on(path);
    expect([sent.method, JSON.parse(sent.body)]).toEqual(['POST', { title: REAL.name, points: REAL.points }]);
    expect(JSON.parse(shown)).toEqual(JSON.parse(sent.body));
  }

  async function seeTheDraft(path: string): Promise<void> {
    made = new URL(page.url()).pathname.split('/')[2];
    expect(await read(made)).toMatchObject({
      state: 'on',
      trigger: { type: 'event', eventType: 'project.task.completed' },
      steps: [
        {
          key: 'post_data',
          action: 'post',
          input: {
            url: `${receiver.url}${path}`,
            omitNulls: true,
            body: Object.entries(MAPPED).map(([key, value]) => ({ key, value })),
          },
        },
      ],
    });
  }

  it('leads by mouse', async () => {
    receiver.always('/mouse', { status: 201, body: { no: 7 } });
    await page.getByRole('button', { name: 'New integration' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'New integration' });
    await dialog.getByLabel('Name').fill('Built by mouse');
    await dialog.getByRole('button', { name: 'Create' }).click();

    await step('trigger').click();
    await page.getByRole('combobox', { name: 'App', exact: true }).selectOption({ label: 'Project' });
    await page.getByRole('combobox', { name: 'Event' }).click();
    await page.getByRole('option', { name: /^Task completed/ }).click();

    await page.getByRole('button', { name: /^Add a step after / }).click();
    await page.getByRole('option', { name: /POST/ }).click();
    await page.getByRole('tab', { name: 'Configure' }).waitFor();
    await field('URL').click();
    await page.keyboard.insertText(`${receiver.url}/mouse`);
    await mapByMouse(page);

    await page.getByRole('tab', { name: /^Test/ }).click();
    await page.getByRole('button', { name: 'Test step' }).click();
    await page.getByRole('button', { name: 'Send it' }).click();
    await seeTheTest('/mouse');

    await page.getByRole('switch', { name: 'Built by mouse is on' }).click();
    await page.getByRole('button', { name: 'Publish and turn on' }).click();
    await isOn();
    await seeTheDraft('/mouse');
    await page.getByRole('link', { name: 'Runs', exact: true }).last().click();
    await page.getByRole('heading', { name: 'No match' }).waitFor();
    await send(REAL);
    await page.getByRole('row').getByRole('link', { name: 'Built by mouse' }).click();
    await seeTheRun('/mouse');
  });

  it('leads by the keyboard alone', async () => {
    receiver.always('/keys', { status: 201, body: { no: 7 } });
    const keys = async (...pressed: string[]) => {
      for (const key of pressed) await page.keyboard.press(key);
    };
    const type = (text: string) => page.keyboard.type(text);
    /** Tab until it has the focus; what is farther away than this has to be reached by a key of its own. */
    const tabTo = async (wanted: Locator, key = 'Tab') => {
      await wanted.waitFor();
      for (let count = 0; count <= 12; count++) {
        if (await wanted.evaluate((element) => element === element.ownerDocument.activeElement)) return;
        await page.keyboard.press(key);
      }
      throw new Error(`${String(wanted)} is not reached by ${key}`);
    };

    await keys('n');
    await page.getByRole('dialog', { name: 'New integration' }).waitFor();
    await type('Built by keys');
    await keys('Enter');
    await step('trigger').waitFor();
    await keys('F6');
    await tabTo(step('trigger'));
    await keys('Enter');
    await tabTo(page.getByRole('combobox', { name: 'App', exact: true }));
    await type('Project');
    await tabTo(page.getByRole('combobox', { name: 'Event' }));
    await type('task completed');
    await page.getByRole('option', { name: /^Task completed/ }).waitFor();
    await keys('ArrowDown', 'Enter');
    await step('trigger').filter({ hasText: 'Task completed' }).waitFor();
    await keys('Escape');
    await focused(step('trigger'));

    await keys('a');
    await page.getByRole('combobox', { name: 'Find a step to add' }).waitFor();
    await type('post');
    await keys('Enter');
    await focused(step('post_data'));
    await keys('Enter');
    await focused(page.locator('#step-panel'));
    await tabTo(field('URL'));
    await type(`${receiver.url}/keys`);
    for (const [index, [key, word]] of [
      ['title', 'name'],
      ['points', 'point'],
      ['due', 'due'],
    ].entries()) {
      await tabTo(page.getByRole('button', { name: 'Add parameter', exact: true }));
      await keys('Enter');
      await focused(field(`Key of parameter ${index + 1}`));
      await type(key);
      await keys('Tab');
      await focused(field(`Value of ${key}`));
      await type(`/${word}`);
      const list = page.getByRole('listbox', { name: 'Data to insert' });
      await list.getByRole('option').first().waitFor();
      await keys('Enter');
      await list.waitFor({ state: 'detached' });
    }
    await tabTo(page.getByRole('checkbox', { name: 'Don’t send empty (null) values' }));
    await keys('Space');
    await page.getByText('Empty in the sample. This key will be left out.').waitFor();

    await keys('Control+Enter');
    await focused(page.getByRole('button', { name: 'Send it' }));
    await keys('Enter');
    await page.getByRole('region', { name: 'Test result' }).getByText('201', { exact: true }).waitFor();
    await keys('F6', 'Shift+F6');
    await focused(page.locator('#step-panel'));
    await keys('2');
    await focused(page.getByRole('tab', { name: /^Test/ }));
    await seeTheTest('/keys');

    await keys('F6', 'F6');
    await tabTo(page.getByRole('switch', { name: 'Built by keys is on' }));
    await keys('Space');
    await page.getByRole('dialog', { name: 'Publish and turn on?' }).waitFor();
    await keys('Control+Enter');
    await isOn();
    await seeTheDraft('/keys');
    await tabTo(page.getByRole('link', { name: 'Runs', exact: true }).last(), 'Shift+Tab');
    await keys('Enter');
    await page.getByRole('heading', { name: 'No match' }).waitFor();
    await send(REAL);
    await page.getByRole('row').filter({ hasText: 'Built by keys' }).waitFor();
    await keys('j');
    await focused(page.getByRole('row').getByRole('link', { name: 'Built by keys' }));
    await keys('Enter');
    await seeTheRun('/keys');
  });
});
