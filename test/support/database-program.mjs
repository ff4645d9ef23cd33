// A small program of ours on an embedded database, for tests that kill it: node database-program.mjs <dist> <dataDir>.
// Each line of its input is a statement as a JSON string; it answers with one line of JSON. An empty string ends it.
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const [dist, dataDir] = process.argv.slice(2);
const { openDatabase, isUnavailable } = await import(pathToFileURL(`${dist}/src/platform/database/database.js`).href);

const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
const log = (fields, event) => say({ log: event, ...fields });
const logger = { debug: log, info: log, warn: log, error: log };

try {
  const database = await openDatabase({ databaseUrl: null, dataDir }, logger, []);
  say({ ready: true, url: database.url });
  let answer = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    const sql = JSON.parse(line);
    if (sql === '') break;
    try {
      const { rows } = await database.hot.query(sql);
      say({ answer: ++answer, rows });
    } catch (error) {
      say({ answer: ++answer, error: error.message, unavailable: isUnavailable(error) });
    }
  }
  await database.close();
  say({ closed: true });
} catch (error) {
  say({ failed: error.message });
  process.exitCode = 1;
}
process.stdin.destroy(); // an open pipe would keep the process alive
