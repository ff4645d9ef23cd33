import type { Page } from 'playwright-core';
import type { TestApp } from './app.js';
import type { Look, Pages } from './pages.js';

/** Makes an integration and opens it in the builder. */
export async function openBuilder(
  pages: Pages,
  app: TestApp,
  integration: { trigger: object; steps: unknown[] },
  look?: Look,
): Promise<{ page: Page; id: string }> {
  const named = { name: 'Tasks to the receiver', ...integration };
  const { status, body } = await app.call('POST', '/api/v1/integrations', named);
  if (status !== 201) throw new Error(JSON.stringify(body));
  const page = await pages.openSignedIn(app, look);
  await page.goto(`${app.url}/integrations/${body.id}`);
  return { page, id: body.id as string };
}

/** Opens the settings of a step, with fields that take what is typed. */
export async function openStep(page: Page, key: string): Promise<void> {
  await page.locator(`[data-step="${key}"]`).first().click();
  await page.getByRole('textbox', { name: 'URL', exact: true }).waitFor();
}

/** The server has everything that was changed so far. */
export const saved = (page: Page): Promise<void> => page.locator('[data-save=saved]').waitFor();

/** Three parameters by mouse, from an event whose `due` is empty: the builder says so, and then leaves it out. */
export async function mapByMouse(page: Page): Promise<void> {
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
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
}
