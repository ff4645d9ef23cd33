import { ConfigError, readConfig, type Config } from './platform/config/config.js';

/** Prints why the program cannot go on, a line a reason, and ends it. */
export function refuse(error: unknown): never {
  const lines = error instanceof ConfigError ? error.problems : [reasonOf(error)];
  for (const line of lines) process.stderr.write(`hookline: ${line}\n`);
  process.exit(1);
}

/** The settings of the environment; where they are bad the program ends. */
export function settings(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    return refuse(error);
  }
}

function reasonOf(error: unknown): string {
  const { code, port, message, stack } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is taken by another program. Set PORT to a free one.`;
  if (code === 'EACCES' && port) return `Port ${port} may not be used by this user. Set PORT to one above 1023.`;
  return process.env.HOOKLINE_LOG_LEVEL === 'debug' ? (stack ?? message) : message;
}
