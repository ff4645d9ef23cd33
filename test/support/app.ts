import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Type } from '@nestjs/common';
import { readConfig, type Config } from '../../src/platform/config/config.js';
import { Database } from '../../src/platform/database/database.js';
import { createLogger, type Logger } from '../../src/platform/logging/logger.js';
import { Dispatcher } from '../../src/platform/queue/dispatcher.js';
import { WorkerRegistry } from '../../src/platform/queue/worker-registry.js';
import { startProgram, type Program } from '../../src/program.js';
import { ADMIN_KEY, type Answer, call, SECRET_KEY } from './administrator.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import { demandOneConnection } from './one-connection.js';
import { ownPort } from './ports.js';

export interface AppOptions {
  env?: Record<string, string>;
  /** Without one it has a database of its own. */
  databaseUrl?: string;
  logger?: Logger;
  /** It knows its address before it starts, and comes back to it. */
  ownAddress?: boolean;
}

const WEB_DIR = fileURLToPath(new URL('../../dist/web', import.meta.url));

/** The whole program in this process, with a data folder of its own. */
export class TestApp {
  readonly adminKey = ADMIN_KEY;
  private dataDir = '';
  private ownDatabase?: TestDatabase;
  private config!: Config;
  private running: Program | null = null;

  constructor(private readonly options: AppOptions = {}) {}

  async start(): Promise<void> {
    const { databaseUrl, env, ownAddress } = this.options;
    this.dataDir = await mkdtemp(join(tmpdir(), 'hookline-test-'));
    if (!databaseUrl) this.ownDatabase = await createTestDatabase();
    const port = ownAddress ? await ownPort() : 0;
    this.config = readConfig({
      PORT: String(port),
      ...(ownAddress ? { HOOKLINE_PUBLIC_URL: `http://127.0.0.1:${port}` } : {}),
      DATABASE_URL: databaseUrl ?? this.ownDatabase!.url,
      HOOKLINE_DATA_DIR: this.dataDir,
      HOOKLINE_ADMIN_API_KEY: ADMIN_KEY,
      HOOKLINE_SECRET_KEY: SECRET_KEY,
      HOOKLINE_EGRESS_ALLOW: '127.0.0.1',
      HOOKLINE_LOG_LEVEL: process.env.HOOKLINE_TEST_LOG ?? 'silent',
      ...env,
    });
    await this.comeBack();
  }

  /** After `goAway`: another process, so to speak, with the same data. */
  async comeBack(): Promise<void> {
    const { logger } = this.options;
    this.running = await startProgram(this.config, logger ?? createLogger(this.config), WEB_DIR);
    demandOneConnection(this.database.source);
  }

  async goAway(): Promise<void> {
    const { running } = this;
    this.running = null;
    await running?.stop();
  }

  /** Also where it never started, or is away. */
  async stop(): Promise<void> {
    await this.goAway();
    await this.ownDatabase?.drop();
    if (this.dataDir) await rm(this.dataDir, { recursive: true, force: true });
  }

  get program(): Program {
    if (!this.running) throw new Error('The program does not run.');
    return this.running;
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
