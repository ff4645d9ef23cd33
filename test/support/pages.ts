import type { Browser, Locator, Page } from 'playwright-core';
import type { TestApp } from './app.js';
import { watchConsole } from './browser.js';

/** How somebody looks at a page; a light one on a wide screen is what most tests want. */
export interface Look {
  scheme?: 'light' | 'dark';
  width?: number;
  timezoneId?: string;
}

export interface OpenedPage {
  page: Page;
  /** What `watchConsole` collects. */
  complaints: string[];
}

const HEIGHT = 900;
/** How long a test waits for what a page shows: a busy machine needs most of it. */
const PATIENCE_MS = 30_000;
/** Every visit begins with being told that nobody is signed in. */
const EXPECTED_REFUSALS = ['/api/v1/auth/me'];

/** An empty page, watched, in a context of its own; whoever opened it closes that. */
export async function openPage(
  browser: Browser,
  { scheme = 'light', width = 1440, timezoneId }: Look = {},
): Promise<OpenedPage> {
  const viewport = { width, height: HEIGHT };
  const context = await browser.newContext({ colorScheme: scheme, viewport, timezoneId, reducedMotion: 'reduce' });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  return { page, complaints: watchConsole(page, EXPECTED_REFUSALS) };
}

/** Looks at it in another way than it was opened in, before it goes anywhere. */
export async function changeLook(page: Page, scheme: 'light' | 'dark', width: number): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  await page.setViewportSize({ width, height: HEIGHT });
}

/** As the administrator. The form for signing in is left out: it has tests of its own. */
export async function signIn(page: Page, app: TestApp): Promise<void> {
  const answer = await page.request.post(`${app.url}/api/v1/auth/sign-in`, { data: { key: app.adminKey } });
  if (!answer.ok()) throw new Error(`Nobody is let in: ${answer.status()} ${await answer.text()}`);
}

/** An empty page again: where it goes is what the test begins with. */
export async function openSignedIn(browser: Browser, app: TestApp, look?: Look): Promise<OpenedPage> {
  const opened = await openPage(browser, look);
  await signIn(opened.page, app);
  return opened;
}

/** Resolves once it has the focus: what is typed before that goes elsewhere. */
export const focused = (wanted: Locator): Promise<void> => wanted.and(wanted.page().locator(':focus')).waitFor();

/** A field of the open dialog, of exactly this name: what says that it is required, or optional, is no part of it. */
export const dialogField = (page: Page, name: string): Locator =>
  page.getByRole('dialog').getByLabel(new RegExp(`^${name}( optional| filled in for you)?\\s*\\*?$`));
