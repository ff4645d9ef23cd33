import 'reflect-metadata';
import { ConfigError, readConfig, type Config } from './platform/config/config.js';
import { createLogger } from './platform/logging/logger.js';
import { startProgram, type Program } from './program.js';
import { welcomeText } from './welcome.js';

/** Prints why it cannot start, a line a reason, and ends. */
function refuse(error: unknown): never {
  const lines = error instanceof ConfigError ? error.problems : [reasonOf(error)];
  for (const line of lines) process.stderr.write(`hookline: ${line}\n`);
  process.exit(1);
}

function reasonOf(error: unknown): string {
  const { code, port, message, stack } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is taken by another program. Set PORT to a free one.`;
  if (code === 'EACCES' && port) return `Port ${port} may not be used by this user. Set PORT to one above 1023.`;
  return process.env.HOOKLINE_LOG_LEVEL === 'debug' ? (stack ?? message) : message;
}

function settings(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    return refuse(error);
  }
}

const config = settings();
const logger = createLogger(config);

let stopping: Promise<void> | null = null;
let program: Promise<Program> | null = null;

/** Ends with 0 once everything is closed; a second signal changes nothing. */
function stop(signal: string): void {
  stopping ??= (async () => {
    logger.info({ signal }, 'program.stopping');
    await program?.then((running) => running.stop()).catch(() => undefined);
    logger.info({}, 'program.stopped');
    process.exit(0);
  })();
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal));
process.on('unhandledRejection', (error) => {
  logger.error({ error: String((error as Error)?.stack ?? error) }, 'program.unhandled-rejection');
});

program = startProgram(config, logger);
program.then(
  (running) => {
    logger.info({ url: running.url, version: config.version, node: process.version }, 'program.started');
    process.stdout.write(welcomeText(config, running));
  },
  (error: unknown) => {
    if (!stopping) refuse(error);
  },
);
