import { randomBytes } from 'node:crypto';
import { openClient } from '../../src/platform/database/connections.js';
import { type Database, openDatabase } from '../../src/platform/database/database.js';
import { silentLogger } from '../../src/platform/logging/logger.js';

export interface TestDatabase {
  url: string;
  /** Also where connections to it are still open. */
  drop(): Promise<void>;
}

/** A database of the test's own: a clone of the migrated, empty template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = process.env.HOOKLINE_TEST_DATABASE_URL;
  if (!template) throw new Error('The global setup of the tests did not run: HOOKLINE_TEST_DATABASE_URL is not set.');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(template, `create database ${name} template ${nameOf(template)} strategy file_copy`);
  const url = new URL(template);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(template, `drop database if exists ${name} with (force)`) };
}

/** On a clone; `close` also drops it. */
export async function openTestDatabase(entities: Function[] = []): Promise<Database> {
  const { url, drop } = await createTestDatabase();
  const database = await openDatabase({ databaseUrl: url, dataDir: '/nonexistent' }, silentLogger, entities);
  const close = database.close.bind(database);
  database.close = async () => {
    await close();
    await drop();
  };
  return database;
}

const nameOf = (url: string): string => new URL(url).pathname.slice(1);

/** Not on the template itself: a database that somebody is connected to cannot be cloned. */
async function administer(template: string, sql: string): Promise<void> {
  const url = new URL(template);
  url.pathname = '/postgres';
  const client = openClient(url.href, 'hookline tests');
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
