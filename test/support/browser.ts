import chromium from '@sparticuz/chromium';
import axe from 'axe-core';
import { chromium as playwright, type Browser, type Page } from 'playwright-core';

/** One process for all would end with the first page that closes; and the rules of the web are part of what we test. */
const UNWANTED = ['--single-process', '--disable-web-security'];
/** A test browser calls nobody but the page under test. */
const QUIET = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** No page here draws with WebGL, and Chromium's GL in software took half the time of a browser test. */
chromium.setGraphicsMode = false;

/** A real Chromium without a window. One per test file; the file closes it. */
export async function launchBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...chromium.args.filter((arg) => !UNWANTED.includes(arg)), ...QUIET],
    headless: true,
  });
}

/**
 * What breaks WCAG 2.2 AA on the page, a line each. The script comes in past the page's content security policy, once
 * for a document; what is well is not written up: both together were a fifth of the time.
 */
export async function axeFaults(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help} at ${target.join(' ')} (${failureSummary ?? ''})`),
    );
  });
}

/**
 * Collects what the page complains about: errors, warnings and refused scripts or styles. An answer of 4xx is in the
 * console too; those that a test expects are named by the end of their path.
 */
export function watchConsole(page: Page, expectedRefusals: string[] = []): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    const { url } = message.location();
    if (message.text().startsWith('Failed to load resource') && expectedRefusals.some((end) => url.endsWith(end)))
      return;
    complaints.push(`${message.type()}: ${message.text()} (${url})`);
  });
  return complaints;
}

/** Of a call that meets a server which stops, is not there, or is not there any more; at the latest it answers 503. */
export const SERVER_AWAY = /net::ERR_|status of 503/;

/** How many pixels the page is wider than its window: it scrolls sideways where that is more than none. */
export const overhang = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');

/** A picture for whoever wants to look: they name a folder in `HOOKLINE_PICTURES`. */
export async function takePicture(page: Page, name: string, rest: { fullPage?: boolean } = {}): Promise<void> {
  const folder = process.env.HOOKLINE_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, ...rest });
}
