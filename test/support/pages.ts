import type { Browser, Locator, Page } from 'playwright-core';
import type { TestApp } from './app.js';
import { launchBrowser, watchConsole } from './browser.js';

/** How somebody looks at a page; a light one on a wide screen is what most tests want. */
export interface Look {
  scheme?: 'light' | 'dark';
  width?: number;
  timezoneId?: string;
}

const HEIGHT = 900;
/** How long a test waits for what a page shows: a busy machine needs most of it. */
const PATIENCE_MS = 30_000;
/** Every visit begins with being told that nobody is signed in. */
const EXPECTED_REFUSALS = ['/api/v1/auth/me'];

/** A real browser, and its pages, each in a context of its own. What a page complains about is a fault of it. */
export class Pages {
  private browser?: Browser;
  private readonly opened: { page: Page; complaints: string[] }[] = [];

  async start(): Promise<void> {
    this.browser = await launchBrowser();
  }

  /** An empty page: where it goes is what the test begins with. */
  async open({ scheme = 'light', width = 1440, timezoneId }: Look = {}): Promise<Page> {
    const viewport = { width, height: HEIGHT };
    const look = { colorScheme: scheme, viewport, timezoneId, reducedMotion: 'reduce' as const };
    const context = await this.browser!.newContext(look);
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    this.opened.push({ page, complaints: watchConsole(page, EXPECTED_REFUSALS) });
    return page;
  }

  /** The administrator's. The form for signing in is left out: it has tests of its own. */
  async openSignedIn(app: TestApp, look?: Look): Promise<Page> {
    const page = await this.open(look);
    await signIn(page, app);
    return page;
  }

  /** Complaints that a test provoked, as far as they have come. */
  forgive(like: string | RegExp): void {
    const isLike = (complaint: string) => (like instanceof RegExp ? like.test(complaint) : complaint.includes(like));
    for (const { complaints } of this.opened) {
      complaints.splice(0, complaints.length, ...complaints.filter((complaint) => !isLike(complaint)));
    }
  }

  get count(): number {
    return this.opened.length;
  }

  /** Closes all but the first so many. */
  async close(kept: number): Promise<void> {
    const closed = this.opened.splice(kept);
    await Promise.all(closed.map(({ page }) => page.context().close()));
    expect(closed.flatMap(({ complaints }) => complaints)).toEqual([]);
  }

  async stop(): Promise<void> {
    await this.browser?.close();
  }
}

/** For the tests of the `describe` it stands in: what a test opens is closed after it; what is open before it stays. */
export function usePages(): Pages {
  const pages = new Pages();
  let before = 0;
  beforeAll(() => pages.start());
  beforeEach(() => {
    before = pages.count;
  });
  afterEach(() => pages.close(before));
  afterAll(async () => {
    await pages.close(0);
    await pages.stop();
  });
  return pages;
}

/** Looks at it in another way than it was opened in, before it goes anywhere. */
export async function changeLook(page: Page, scheme: 'light' | 'dark', width: number): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  await page.setViewportSize({ width, height: HEIGHT });
}

/** As the administrator. */
export async function signIn(page: Page, app: TestApp): Promise<void> {
  const answer = await page.request.post(`${app.url}/api/v1/auth/sign-in`, { data: { key: app.adminKey } });
  if (!answer.ok()) throw new Error(`Nobody is let in: ${answer.status()} ${await answer.text()}`);
}

/** Resolves once it has the focus: what is typed before that goes elsewhere. */
export const focused = (wanted: Locator): Promise<void> => wanted.and(wanted.page().locator(':focus')).waitFor();

/** A field of the open dialog, of exactly this name: what says that it is required, or optional, is no part of it. */
export const dialogField = (page: Page, name: string): Locator =>
  page.getByRole('dialog').getByLabel(new RegExp(`^${name}( optional| filled in for you)?\\s*\\*?$`));
