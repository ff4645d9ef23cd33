import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../../src/platform/config/config.js';
import { createLogger, type Logger } from '../../src/platform/logging/logger.js';
import { startProgram, type Program } from '../../src/program.js';
import { createTestDatabase } from './database.js';

export interface TestApp {
  url: string;
  adminKey: string;
  program: Program;
  /** Calls the API as the administrator; `body` is sent as JSON. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  stop(): Promise<void>;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: any;
}

export const ADMIN_KEY = `hl_${'test'.repeat(10)}`;
/** Sealed under the same key, so that processes of one test can share a database. */
export const SECRET_KEY = Buffer.alloc(32, 'test').toString('base64');
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
  return {
    url: program.url,
    adminKey: ADMIN_KEY,
    program,
    call: (method, path, body, headers) => call(program.url, method, path, body, headers),
    stop: async () => {
      await program.stop();
      await database?.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Calls a program as the administrator of the tests. Throws where it does not answer within 30 s. */
export async function call(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${ADMIN_KEY}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}
