import 'reflect-metadata';
import { createLogger } from './platform/logging/logger.js';
import { startProgram, type Program } from './program.js';
import { refuse, settings } from './refuse.js';
import { welcomeText } from './welcome.js';

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
