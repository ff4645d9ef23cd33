import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Module } from '@nestjs/common';
import { ApiKeys } from './access/api-keys.service.js';
import { ApiModule } from './api.module.js';
import { HooklineError } from './core/errors.js';
import { ENTITIES } from './entities.js';
import { InspectorModule } from './inspector/inspector.module.js';
import { startInspector, type Inspector } from './inspector/inspector.js';
import { HealthChecks } from './platform/api/health.js';
import { createHttpApp } from './platform/api/http-server.js';
import type { Config } from './platform/config/config.js';
import { openDatabase, type Database } from './platform/database/database.js';
import { EgressGuard } from './platform/http/egress-guard.js';
import type { Logger } from './platform/logging/logger.js';
import { Metrics } from './platform/logging/metrics.js';
import { Dispatcher } from './platform/queue/dispatcher.js';
import { Jobs } from './platform/queue/jobs.js';
import { ProcessModule } from './process.module.js';
import { makeSample } from './sample.js';
import { Worker, WorkerModule } from './worker.module.js';

/** One running process of Hookline, whatever its role. */
export interface Program {
  /** Where it listens: `http://host:port`. */
  url: string;
  /** The administrator's key, made now because the database had none; shown once and never again. */
  firstKey: string | null;
  inspector: Inspector | null;
  app: NestFastifyApplication;
  /** Ends it: takes nothing new, lets what is under way end, closes the database last. Safe to call again. */
  stop(): Promise<void>;
}

const WEB_DIR = fileURLToPath(new URL('../web', import.meta.url));

/** Starts what the role asks for. Throws with one clear message where it cannot. */
export async function startProgram(config: Config, logger: Logger, webDir = WEB_DIR): Promise<Program> {
  const database = await openDatabase(config, logger, ENTITIES);
  const undo: (() => Promise<unknown>)[] = [() => database.close()];
  try {
    const inspector =
      config.databaseUrl === null && config.role !== 'worker' ? await startInspector(config, logger) : null;
    if (inspector) undo.push(() => inspector.close());
    const app = await createHttpApp(rootOf(config, logger, database, inspector), {
      config,
      logger,
      webDir: config.role !== 'worker' && existsSync(webDir) ? webDir : null,
    });
    undo.push(() => app.close());
    if (config.role === 'worker') serveOnlyHealth(app);
    if (inspector) app.get(EgressGuard, { strict: false }).allow(inspector.address);
    watch(app, database);
    await app.get(Jobs, { strict: false }).migrate();
    await app.init();
    let firstKey: string | null = null;
    if (config.role !== 'worker') {
      firstKey = await app.get(ApiKeys, { strict: false }).createFirst();
      if (inspector) await makeSample(app, inspector.url);
    }
    const worker = config.role === 'api' ? null : app.get(Worker, { strict: false });
    await worker?.start();
    if (worker) undo.push(() => worker.stop());
    await app.listen(config.port, config.host);
    const server = app.getHttpServer();
    undo.push(() => stopListening(server));
    return { url: urlOf(server.address() as AddressInfo), firstKey, inspector, app, stop: once(() => unwind(undo)) };
  } catch (error) {
    await unwind(undo);
    throw error;
  }
}

function rootOf(config: Config, logger: Logger, database: Database, inspector: Inspector | null) {
  const api = [ApiModule, InspectorModule.with(inspector?.url ?? null)];
  const parts = { all: [...api, WorkerModule], api, worker: [WorkerModule] }[config.role];
  @Module({ imports: [ProcessModule.with(config, logger, database), ...parts] })
  class Root {}
  return Root;
}

function watch(app: NestFastifyApplication, database: Database): void {
  app.get(HealthChecks, { strict: false }).register('database', async () => {
    await database.hot.query('select 1');
  });
  const dispatcher = app.get(Dispatcher, { strict: false });
  const metrics = app.get(Metrics, { strict: false });
  metrics.gauge('hookline_runs_in_hand', 'Runs that this process owns.', () => dispatcher.load.runs);
  metrics.gauge('hookline_calls_in_flight', 'Calls that are out now.', () => dispatcher.load.calls);
}

/** A worker shares modules with the API, but is nobody's way in. */
function serveOnlyHealth(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request) => {
      if (/^\/(health\/(live|ready)|metrics)(\?|$)/.test(request.url)) return;
      throw new HooklineError('not_found', 'not_found', 'This is a worker: it serves /health and /metrics only.');
    });
}

/** No new connection, no idle one; requests under way go on. */
async function stopListening(server: { close(): unknown; closeIdleConnections(): void }): Promise<void> {
  server.close();
  server.closeIdleConnections();
  return Promise.resolve();
}

/** Last opened, first closed; one that fails does not keep the others open. */
async function unwind(undo: (() => Promise<unknown>)[]): Promise<void> {
  for (const step of undo.splice(0).reverse()) await step().catch(() => undefined);
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => (done ??= work());
}

function urlOf({ address, port, family }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
