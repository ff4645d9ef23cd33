import { pino } from 'pino';
import type { Config } from '../config/config.js';

/**
 * One wide line for each unit of work, named `noun.verb` (`run.finished`). Give it ids and numbers, never a payload,
 * a header or a URL's query: they may hold secrets. Also the token it is injected by.
 */
export abstract class Logger {
  abstract debug(fields: object, event: string): void;
  abstract info(fields: object, event: string): void;
  abstract warn(fields: object, event: string): void;
  abstract error(fields: object, event: string): void;
}

export const createLogger = (config: Pick<Config, 'logLevel' | 'role'>): Logger =>
  pino({
    level: config.logLevel,
    base: { role: config.role, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    messageKey: 'event',
  });

/** For tests and tools that have nothing to say. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
