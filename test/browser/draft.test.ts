import type { Page } from 'playwright-core';
import { useApp } from '../support/app.js';
import { SERVER_AWAY } from '../support/browser.js';
import { openBuilder, openStep } from '../support/builder-pages.js';
import { focused, usePages } from '../support/pages.js';

const URL_BEFORE = 'https://api.example.com/tasks';

describe('the draft of an integration', () => {
  const app = useApp({ ownAddress: true });
  const pages = usePages();
  let page: Page;

  const step = (key: string, body: object[]) => ({
    key,
    name: `Step ${key}`,
    action: 'post',
    input: { url: URL_BEFORE, body },
  });

  /** The builder with the first step open. */
  async function opened(steps: unknown[]): Promise<string> {
    const trigger = { type: 'event', eventType: 'project.task.completed' };
    const builder = await openBuilder(pages, app, { trigger, steps });
    ({ page } = builder);
    await openStep(page, 'first');
    return builder.id;
  }
  const card = (key: string) => page.locator(`[data-step=${key}]`);
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  const said = (state: string) => page.locator(`[data-save="${state}"]`).waitFor();
  const stepsOf = async (id: string) => (await app.call('GET', `/api/v1/integrations/${id}`)).body.steps;
  /** In one go: letter by letter, a machine that stops for a moment would make two edits of it. */
  const write = async (name: string, text: string) => {
    await field(name).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText(text);
  };

  it('is undone and redone parameter by parameter, in the open panel and on the server', async () => {
    const id = await opened([step('first', [{ key: 'title', value: 'Hello' }])]);
    const before = await stepsOf(id);
    await write('URL', '/42');
    await write('Value of title', ', {{ trigger.data.name }}');
    await page.getByRole('button', { name: 'Add parameter', exact: true }).click();
    await focused(field('Key of parameter 2'));
    await page.keyboard.insertText('points');
    await write('Value of points', '5');
    await page.getByText('Don’t send empty (null) values').click();
    await page.getByRole('radio', { name: 'PUT' }).check({ force: true });
    await said('saved');
    const after = await stepsOf(id);
    expect(after[0]).toMatchObject({
      action: 'put',
      input: {
        url: `${URL_BEFORE}/42`,
        omitNulls: true,
        body: [
          { key: 'title', value: 'Hello, {{ trigger.data.name }}' },
          { key: 'points', value: '5' },
        ],
      },
    });

    await card('first').press('Control+z');
    await page.locator('[aria-live=polite]').filter({ hasText: 'Undid: make it a PUT' }).waitFor({ state: 'attached' });
    expect(await page.getByRole('radio', { name: 'POST' }).isChecked()).toBe(true);
    await page.keyboard.press('Control+z');
    const box = page.getByRole('checkbox', { name: 'Don’t send empty (null) values' });
    expect(await box.isChecked()).toBe(false);
    await page.keyboard.press('Control+z');
    expect((await field('Value of points').innerText()).trim()).toBe('');
    await page.keyboard.press('Control+z');
    await field('Value of points').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    expect(await field('Value of title').innerText()).toBe('Hello');
    await page.keyboard.press('Control+z');
    expect(await field('URL').innerText()).toBe(URL_BEFORE);
    await page.getByRole('button', { name: 'Nothing to undo' }).waitFor();
    await said('saved');
    expect(await stepsOf(id)).toEqual(before);

    for (let count = 0; count < 6; count++) await page.keyboard.press('Control+Shift+z');
    await page.getByRole('button', { name: 'Nothing to redo' }).waitFor();
    expect(await field('Value of points').innerText()).toBe('5');
    expect(await field('URL').innerText()).toBe(`${URL_BEFORE}/42`);
    await said('saved');
    expect(await stepsOf(id)).toEqual(after);
  });

  it('is what its JSON shows too, after undo, with every digit', async () => {
    const id = await opened([step('first', [{ key: 'title', value: 'Hello' }])]);
    await page.getByRole('button', { name: 'Edit as JSON' }).click();
    const json = field('Body parameters as JSON');
    await json.click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('{"title": "Bye", "list": [1]}');
    await said('saved');
    await card('first').press('Control+z');
    await json.getByText('Hello').waitFor();
    await page.keyboard.press('Control+Shift+z');
    await json.getByText('Bye').waitFor();
    await page.getByRole('button', { name: 'Edit as rows' }).click();
    await field('Value of list, JSON').click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('[12345678901234567890]');
    await card('first').press('Control+s');
    await said('saved');
    const text = await fetch(`${app.url}/api/v1/integrations/${id}`, {
      headers: { authorization: `Bearer ${app.adminKey}` },
    }).then((answer) => answer.text());
    expect(text).toContain('[12345678901234567890]');
  });

  it('is called saved when the server said so, and not a moment before, over a restart of the server', async () => {
    const id = await opened([step('first', [{ key: 'title', value: 'Hello' }])]);
    const valueOf = async () => (await stepsOf(id))[0].input.body[0].value;
    /** Every state that the page has shown since. */
    await page.evaluate(
      `globalThis.shown = [];
       const mark = document.querySelector('[data-save]');
       new MutationObserver(() => shown.push(mark.dataset.save)).observe(mark, { attributes: true });`,
    );
    const shown = () => page.evaluate<string[]>('shown');

    // The server has it, but its answer is still on the way.
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const arrived = new Promise<void>((resolve) => {
      void page.route(`**/api/v1/integrations/${id}`, async (route) => {
        if (route.request().method() !== 'PATCH') return route.continue();
        const answer = await route.fetch();
        resolve();
        await held;
        await route.fulfill({ response: answer });
      });
    });
    await write('Value of title', ', world');
    await arrived;
    expect([await valueOf(), (await shown()).includes('saved')]).toEqual(['Hello, world', false]);
    release();
    await said('saved');
    await page.unroute(`**/api/v1/integrations/${id}`);

    await app.goAway();
    const seen = (await shown()).length;
    await write('Value of title', ', in the dark');
    await said('cannot-save');
    await write('Value of title', ', twice');
    expect((await shown()).slice(seen)).not.toContain('saved');
    await app.comeBack();
    await said('saved');
    expect(await valueOf()).toBe('Hello, world, in the dark, twice');
    expect((await shown()).slice(seen).filter((state) => state === 'saved')).toHaveLength(1);
    pages.forgive(SERVER_AWAY);
  });

  it('cannot be published with a pill whose step is gone, and undo mends it', async () => {
    await opened([step('first', []), step('second', [{ key: 'rate', value: '{{ steps.first.body.rate }}' }])]);
    await page.getByRole('button', { name: 'More for this step' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await openStep(page, 'second');
    await page.getByText('Missing: step first › Rate').first().waitFor();
    await page.getByRole('button', { name: '1 to fix' }).waitFor();
    const publish = page.getByRole('button', { name: 'Publish', exact: true });
    expect(await publish.getAttribute('aria-disabled')).toBe('true');
    await card('second').press('Control+z');
    await page.getByRole('button', { name: '1 to fix' }).waitFor({ state: 'detached' });
    await openStep(page, 'second');
    await page.getByRole('img', { name: 'Rate', exact: false }).waitFor();
    expect(await publish.getAttribute('aria-disabled')).toBeNull();
    expect(await page.getByText('Missing: step first › Rate').count()).toBe(0);
  });
});
