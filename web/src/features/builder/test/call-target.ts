import type { Step } from '../../../api/types.js';

export const methodOf = ({ action, input }: Step): string =>
  action === 'custom' ? ((input as { method?: string }).method ?? 'POST').toUpperCase() : action.toUpperCase();

/** It changes nothing at the receiver (RFC 9110, 9.2.1). */
export const isSafe = (method: string): boolean => ['GET', 'HEAD', 'OPTIONS'].includes(method);

/** Null where only a sample can tell: the host, or what stands before it, comes from an expression. */
export function fixedHostOf({ input }: Pick<Step, 'input'>): string | null {
  const start = /^\s*https?:\/\/[^/?#\\{]*(?=[/?#\\]|$)/i.exec(input.url)?.[0];
  return start !== undefined && URL.canParse(start) ? new URL(start).host : null;
}
