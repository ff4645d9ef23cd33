import type { Page } from 'playwright-core';
import { useApp } from '../support/app.js';
import { axeFaults } from '../support/browser.js';
import { openBuilder, saved } from '../support/builder-pages.js';
import { usePages } from '../support/pages.js';

const DOCUMENT = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  servers: [{ url: 'https://pets.example.com/v1' }],
  paths: {
    '/pets': { get: { summary: 'List the pets' } },
    '/pets/{petId}': {
      put: {
        summary: 'Rename a pet',
        requestBody: {
          content: {
            'application/json': {
              schema: { required: ['name'], properties: { name: { examples: ['Rex'] }, note: { type: 'string' } } },
            },
          },
        },
      },
    },
  },
});

describe('the panel of a step', () => {
  const app = useApp();
  const pages = usePages();
  let page: Page;

  async function opened(step: string): Promise<string> {
    const steps = [{ key: 'call', action: 'get', input: { url: '' } }];
    const builder = await openBuilder(pages, app, { trigger: { type: 'manual' }, steps });
    ({ page } = builder);
    await page.locator(`[data-step=${step}]`).click();
    await page.locator('#step-panel').waitFor();
    return builder.id;
  }
  const read = async (id: string) => (await app.call('GET', `/api/v1/integrations/${id}`)).body;

  it('is filled in from an operation of an OpenAPI document, after saying what is left to do', async () => {
    const id = await opened('call');
    await page.getByRole('button', { name: 'From OpenAPI' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import from OpenAPI' });
    await dialog.getByLabel('Document').fill('swagger: "2.0"');
    await dialog.getByRole('button', { name: 'Show its operations' }).click();
    await dialog.getByText('This is a Swagger 2.0 document').waitFor();
    pages.forgive('/http/openapi');

    await dialog.getByLabel('Document').fill(DOCUMENT);
    await dialog.getByRole('button', { name: 'Show its operations' }).click();
    await dialog.getByRole('radio', { name: 'GET /pets List the pets' }).waitFor();
    await dialog.getByLabel('Operation', { exact: true }).fill('rename');
    expect(await dialog.getByRole('radio').count()).toBe(1);
    await dialog.getByRole('radio', { name: 'PUT /pets/{petId} Rename a pet' }).check();
    await dialog.getByRole('button', { name: 'Fill in the step' }).click();
    await dialog.getByText('petId', { exact: true }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Fill in the rest' }).click();
    await dialog.waitFor({ state: 'detached' });
    await saved(page);
    expect((await read(id)).steps[0]).toMatchObject({
      key: 'call',
      name: 'Rename a pet',
      action: 'put',
      input: {
        url: 'https://pets.example.com/v1/pets/{{ trigger.data.petId }}',
        body: [
          { key: 'name', value: 'Rex' },
          { key: 'note', value: null, whenMissing: 'omit' },
        ],
      },
    });
    expect(await axeFaults(page)).toEqual([]);
  });

  it('keeps a tree path out of the draft until it is one', async () => {
    const id = await opened('trigger');
    const field = page.getByLabel('Tree path');
    await field.fill('Teams');
    await page.getByText('It has two parts').waitFor();
    await field.fill('Teams :: Updated');
    await saved(page);
    expect((await read(id)).trigger.path).toBe('Teams :: Updated');
  });

  it('has a time-out for each part of a call', async () => {
    const id = await opened('call');
    await page.getByRole('tab', { name: 'Retries and errors' }).click();
    await page.getByLabel('Until the connection stands (s)').fill('2.5');
    await page.getByLabel('From then until the answer begins (s)').fill('5');
    await saved(page);
    expect((await read(id)).steps[0]).toMatchObject({ connectTimeoutMs: 2_500, firstByteTimeoutMs: 5_000 });
  });
});
