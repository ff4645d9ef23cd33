// The command that seals every stored secret again with the first key of HOOKLINE_SECRET_KEY: `npm run rotate-keys`.
import 'reflect-metadata';
import type { Config } from './platform/config/config.js';
import { openDatabase } from './platform/database/database.js';
import { silentLogger } from './platform/logging/logger.js';
import { KeyRotation, type ColumnRotation } from './platform/secrets/key-rotation.js';
import { Secrets } from './platform/secrets/secrets.js';
import { refuse, settings } from './refuse.js';

const stopped = new AbortController();
const STOPPED = 'Stopped. What was sealed again stays so: start it again to go on.';
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopped.abort(new Error(STOPPED)));

const WHOLE = 'Every stored secret is sealed with the first key. The others can be taken out of HOOKLINE_SECRET_KEY.';
const NOT_WHOLE = 'Not every stored secret is sealed with the first key: keep the other keys in HOOKLINE_SECRET_KEY.';

await rotate(settings()).catch(refuse);

async function rotate(config: Config): Promise<void> {
  const database = await openDatabase(config, silentLogger, []);
  try {
    const rotation = new KeyRotation(database, new Secrets(config), ({ table, column, resealed }) =>
      say(`${table}.${column}: ${resealed} re-sealed …`),
    );
    const columns = await rotation.run(stopped.signal);
    columns.forEach(report);
    const isWhole = columns.every(({ unopened, left }) => unopened.length === 0 && left === 0);
    say(isWhole ? WHOLE : NOT_WHOLE);
    process.exitCode = isWhole ? 0 : 1;
  } finally {
    await database.close();
  }
}

function report({ table, column, resealed, already, unopened, left }: ColumnRotation): void {
  for (const { place, reason } of unopened) {
    process.stderr.write(`hookline: ${table}.${column} of ${place.id}: ${reason}\n`);
  }
  const inUse = left === 0 ? '' : `, ${left} in use all the time: run it again`;
  say(`${table}.${column}: ${resealed} re-sealed, ${already} already, ${unopened.length} that no key opens${inUse}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
