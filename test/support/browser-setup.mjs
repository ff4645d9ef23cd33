import chromium from '@sparticuz/chromium';
import setUp from './global-setup.mjs';

/** Unpacks the browser before two files do so at once: one would run what the other has written half of. */
export default async function setUpBrowser() {
  await setUp();
  await chromium.executablePath();
}
