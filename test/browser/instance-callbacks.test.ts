import type { Page } from 'playwright-core';
import { useApp } from '../support/app.js';
import { axeFaults, overhang, takePicture } from '../support/browser.js';
import { type Look, usePages } from '../support/pages.js';
import { useSharedReceiver } from '../support/stub-receiver.js';

const PATH = '/api/v1/developer/instance-callbacks';

describe('the page of instance callbacks', () => {
  const app = useApp();
  const receiver = useSharedReceiver();
  const pages = usePages();
  let page: Page;

  async function open(path: string, look?: Look): Promise<void> {
    page = await pages.openSignedIn(app, look);
    await page.goto(app.url + path);
    await page.getByRole('heading', { name: 'Instance callbacks', level: 1 }).waitFor();
  }
  const dialog = () => page.getByRole('dialog', { name: 'Instance callback URLs' });
  const urls = (event: string) => dialog().getByLabel(`URLs of the ${event} callback`);
  const stored = async () => (await app.call('GET', `${PATH}?processName=Contracts`)).body;

  it('is filled in by keyboard alone: a process, a switch, a URL a line, Ctrl Enter', async () => {
    await open('/callbacks');
    await page.getByRole('heading', { name: 'No callbacks yet' }).waitFor();
    await page.keyboard.press('n');
    await dialog().getByLabel('Name of the process').fill('Contracts');
    await page.keyboard.press('Enter');
    const toggle = dialog().getByRole('switch', { name: 'Enable created callback' });
    await toggle.focus();
    await page.keyboard.press(' ');
    await urls('created').focus();
    await page.keyboard.type('https://a.example/in?own=1');
    await page.keyboard.press('Enter');
    await page.keyboard.type('warehouse.internal/created');
    await dialog().getByText('Line 2 isn’t a full address. Start it with https://').waitFor();
    await page.keyboard.press('Control+Enter');
    expect(await dialog().isVisible()).toBe(true);
    await page.keyboard.press('Home');
    await page.keyboard.type('http://');
    expect(await dialog().getByRole('group', { name: 'The call' }).innerText()).toContain(
      'https://a.example/in?own=1&instanceID=8c1f4e&processName=Contracts&eventType=created',
    );
    await page.keyboard.press('Control+Enter');
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('row').filter({ hasText: 'Contracts' }).getByText('2 URLs').waitFor();
    expect((await stored()).created).toEqual({
      enabled: true,
      urls: ['https://a.example/in?own=1', 'http://warehouse.internal/created'],
    });
  });

  it('keeps the URLs of a switch that is off, merges duplicates, and asks once before it drops changes', async () => {
    await app.call('PUT', `${PATH}?processName=Contracts`, {
      updated: { enabled: true, urls: ['https://a.example/u'] },
    });
    await open('/callbacks');
    await page.getByRole('row').filter({ hasText: 'Contracts' }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await dialog().getByRole('switch', { name: 'Enable updated callback' }).click();
    await urls('updated').fill('https://a.example/u\nhttps://a.example/u');
    await page.keyboard.press('Tab');
    await dialog().getByText('A line that was there twice was merged.').waitFor();
    await page.keyboard.press('Escape');
    await dialog().getByText('Close without saving your changes?').waitFor();
    await dialog().getByRole('button', { name: 'Keep editing' }).click();
    await dialog().getByRole('button', { name: 'OK' }).click();
    await dialog().waitFor({ state: 'detached' });
    expect((await stored()).updated).toEqual({ enabled: false, urls: ['https://a.example/u'] });
  });

  it('shows what the server refuses at its line, and how each URL answered a test', async () => {
    receiver.always('/ok', { status: 200 });
    receiver.always('/gone', { status: 404 });
    const created = { enabled: true, urls: [`${receiver.url}/ok`, `${receiver.url}/gone`] };
    await app.call('PUT', `${PATH}?processName=Contracts`, { created });
    await open('/callbacks?process=Contracts');
    await dialog().getByRole('button', { name: 'Send test of the created callback' }).click();
    await dialog()
      .getByRole('link', { name: /Line 1: 200/ })
      .waitFor();
    await dialog()
      .getByRole('link', { name: /Line 2: 404/ })
      .waitFor();
    await dialog().getByRole('button', { name: 'Help' }).click();
    await dialog().getByText('Turning a switch off keeps its URLs').waitFor();
    await urls('created').fill('https://user:secret@a.example/');
    await dialog().getByRole('button', { name: 'OK' }).click();
    await dialog()
      .getByText(/Line 1: /)
      .first()
      .waitFor();
    pages.forgive('422');
    expect((await stored()).created).toEqual(created);
  });

  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
    ['dark', 390],
  ] as const)('breaks no rule of WCAG 2.2 AA in %s at %d px', async (scheme, width) => {
    const created = { enabled: true, urls: [`${receiver.url}/ok`, 'https://audit.example.net/in?src=hookline'] };
    await app.call('PUT', PATH, { created, updated: { enabled: true, urls: ['https://hooks.example.com/u'] } });
    await open('/callbacks', { scheme, width });
    await page.getByText('All processes').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'All processes' }).click();
    await urls('created').fill('https://hooks.example.com/c\nnot one');
    await takePicture(page, `callbacks-${scheme}-${width}`);
    expect(await axeFaults(page)).toEqual([]);
    expect(await overhang(page)).toBeLessThanOrEqual(0);
  });
});
