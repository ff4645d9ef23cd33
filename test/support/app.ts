import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Type } from '@nestjs/common';
import { readConfig } from '../../src/platform/config/config.js';
import { Database } from '../../src/platform/database/database.js';
import { createLogger, type Logger } from '../../src/platform/logging/logger.js';
import { Dispatcher } from '../../src/platform/queue/dispatcher.js';
import { WorkerRegistry } from '../../src/platform/queue/worker-registry.js';
import { startProgram, type Program } from '../../src/program.js';
import { ADMIN_KEY, type Answer, call, SECRET_KEY } from './administrator.js';
import { createTestDatabase } from './database.js';

export interface TestApp {
  url: string;
  adminKey: string;
  program: Program;
  /** What its engine is stepped by. */
  readonly dispatcher: Dispatcher;
  readonly workers: WorkerRegistry;
  readonly database: Database;
  /** Calls the API as the administrator; `body` is sent as JSON. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  stop(): Promise<void>;
}

const WEB_DIR = fileURLToPath(new URL('../../dist/web', import.meta.url));

/** The whole program in this process, on a database of its own; a shared one with `databaseUrl`. */
export async function startApp(
  options: { env?: Record<string, string>; databaseUrl?: string; logger?: Logger } = {},
): Promise<TestApp> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hookline-test-'));
  const database = options.databaseUrl ? null : await createTestDatabase();
  const config = readConfig({
    PORT: '0',
    DATABASE_URL: options.databaseUrl ?? database!.url,
    HOOKLINE_DATA_DIR: dataDir,
    HOOKLINE_ADMIN_API_KEY: ADMIN_KEY,
    HOOKLINE_SECRET_KEY: SECRET_KEY,
    HOOKLINE_EGRESS_ALLOW: '127.0.0.1',
    HOOKLINE_LOG_LEVEL: process.env.HOOKLINE_TEST_LOG ?? 'silent',
    ...options.env,
  });
  const program = await startProgram(config, options.logger ?? createLogger(config), WEB_DIR);
  const get = <T>(part: Type<T>): T => program.app.get(part, { strict: false });
  return {
    url: program.url,
    adminKey: ADMIN_KEY,
    program,
    get dispatcher() {
      return get(Dispatcher);
    },
    get workers() {
      return get(WorkerRegistry);
    },
    get database() {
      return get(Database);
    },
    call: (method, path, body, headers) => call(program.url, method, path, body, headers),
    stop: async () => {
      await program.stop();
      await database?.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
