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
import { demandOneConnection } from './one-connection.js';

export interface AppOptions {
  env?: Record<string, string>;
  /** Without one it has a database of its own. */
  databaseUrl?: string;
  logger?: Logger;
}

const WEB_DIR = fileURLToPath(new URL('../../dist/web', import.meta.url));

/** The whole program in this process, with a data folder of its own. */
export class TestApp {
  readonly adminKey = ADMIN_KEY;
  private started!: { program: Program; end: () => Promise<void> };

  constructor(private readonly options: AppOptions = {}) {}

  async start(): Promise<void> {
    const { env, logger } = this.options;
    const dataDir = await mkdtemp(join(tmpdir(), 'hookline-test-'));
    const database = this.options.databaseUrl ? null : await createTestDatabase();
    const databaseUrl = this.options.databaseUrl ?? database!.url;
    const config = readConfig({
      PORT: '0',
      DATABASE_URL: databaseUrl,
      HOOKLINE_DATA_DIR: dataDir,
      HOOKLINE_ADMIN_API_KEY: ADMIN_KEY,
      HOOKLINE_SECRET_KEY: SECRET_KEY,
      HOOKLINE_EGRESS_ALLOW: '127.0.0.1',
      HOOKLINE_LOG_LEVEL: process.env.HOOKLINE_TEST_LOG ?? 'silent',
      ...env,
    });
    const program = await startProgram(config, logger ?? createLogger(config), WEB_DIR);
    const end = async () => {
      await program.stop();
      await database?.drop();
      await rm(dataDir, { recursive: true, force: true });
    };
    this.started = { program, end };
    demandOneConnection(this.database.source);
  }

  /** Nothing where it never started. */
  async stop(): Promise<void> {
    await this.started?.end();
  }

  get program(): Program {
    return this.started.program;
  }
  get url(): string {
    return this.program.url;
  }
  /** What its engine is stepped by. */
  get dispatcher(): Dispatcher {
    return this.part(Dispatcher);
  }
  get workers(): WorkerRegistry {
    return this.part(WorkerRegistry);
  }
  get database(): Database {
    return this.part(Database);
  }

  /** Calls the API as the administrator; `body` is sent as JSON. */
  readonly call = (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> =>
    call(this.url, method, path, body, headers);

  /** What a test turned on takes no event of the next one. */
  async deleteIntegrations(): Promise<void> {
    const { body } = await this.call('GET', '/api/v1/integrations?limit=250');
    for (const { id } of body.data) await this.call('DELETE', `/api/v1/integrations/${id}`);
  }

  private part<T>(type: Type<T>): T {
    return this.program.app.get(type, { strict: false });
  }
}

export async function startApp(options?: AppOptions): Promise<TestApp> {
  const app = new TestApp(options);
  await app.start();
  return app;
}

/** One for all tests of the `describe` it stands in: it starts before the first and stops after the last. */
export function useApp(options?: AppOptions): TestApp {
  const app = new TestApp(options);
  beforeAll(() => app.start());
  afterAll(() => app.stop());
  return app;
}
