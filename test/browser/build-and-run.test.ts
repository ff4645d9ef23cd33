import type { Browser, Page } from 'playwright-core';
import { startApp, type TestApp } from '../support/app.js';
import { launchBrowser, watchConsole } from '../support/browser.js';
import { StubReceiver } from '../support/stub-receiver.js';

const SAMPLE = { name: 'Write the report', due: null, points: 5 };
const REAL = { name: 'Send the "report" – ✓', due: null, points: 12345678901234 };
const MAPPED = { title: '{{ trigger.data.name }}', points: '{{ trigger.data.points }}', due: '{{ trigger.data.due }}' };

describe('from nothing to a run', () => {
  let app: TestApp;
  let receiver: StubReceiver;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let made: string | undefined;

  beforeAll(async () => {
    [app, receiver, browser] = await Promise.all([startApp(), StubReceiver.start(), launchBrowser()]);
  });
  afterAll(() => Promise.all([browser?.close(), receiver?.stop(), app?.stop()]));
  beforeEach(async () => {
    await send(SAMPLE);
    const viewport = { width: 1440, height: 900 };
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
    context.setDefaultTimeout(15_000);
    page = await context.newPage();
    complaints = watchConsole(page, ['/api/v1/auth/me']);
    await page.goto(app.url);
    await page.locator('input:focus').waitFor();
    await page.keyboard.type(app.adminKey);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Integrations', level: 1 }).waitFor();
  });
  afterEach(async () => {
    await page.context().close();
    if (made) await app.call('PUT', `/api/v1/integrations/${made}/state`, { state: 'off' });
    expect(complaints).toEqual([]);
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
    for (const [index, [key, label]] of [
      ['title', 'Name Write the report'],
      ['points', 'Points 5'],
      ['due', 'Due empty'],
    ].entries()) {
      await page.getByRole('button', { name: 'Add parameter', exact: true }).click();
      await field(`Key of parameter ${index + 1}`).fill(key);
      await field(`Value of ${key}`).click();
      await page.getByRole('treeitem', { name: label }).click();
    }
    await page.getByText('Empty in the sample. null will be sent.').waitFor();
    await page.getByText('Don’t send empty (null) values').click();
    await page.getByText('Empty in the sample. This key will be left out.').waitFor();

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
});
