import type { LoggerService } from '@nestjs/common';
import type { Logger } from '../logging/logger.js';

/** Nest's own lines: its chatter is dropped, its warnings and errors come out in our form. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(): void {}

  warn(message: unknown, context?: unknown): void {
    this.logger.warn({ message: String(message), context: named(context) }, 'nest.warned');
  }

  error(message: unknown, stack?: unknown, context?: unknown): void {
    this.logger.error({ message: String(message), stack: named(stack), context: named(context) }, 'nest.failed');
  }
}

const named = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
