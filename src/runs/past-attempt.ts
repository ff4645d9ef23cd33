import type { FileValue } from '../core/file-value.js';
import type { RunError } from '../core/run.js';
import { readHead } from './stored-head.js';

/** An attempt of a run that was run before. */
export interface PastAttempt {
  step: string;
  number: number;
  state: number;
  status: number | null;
  durationMs: number;
  error: RunError | null;
  /** It was recorded with the time of the next one. */
  retried: boolean;
  /** Of a successful attempt. */
  response: { headers: [string, string][]; body: Buffer; file?: FileValue } | null;
}

export interface PastRow {
  step: string;
  number: number;
  state: number;
  status: number | null;
  duration_us: number | null;
  error_code: string | null;
  error_message: string | null;
  retried: boolean;
  headers: string | null;
  body: Buffer | null;
}

export const pastAttempt = (row: PastRow): PastAttempt => ({
  step: row.step,
  number: row.number,
  state: row.state,
  status: row.status,
  durationMs: (row.duration_us ?? 0) / 1000,
  error:
    row.error_code === null
      ? null
      : { code: row.error_code as RunError['code'], message: row.error_message ?? row.error_code },
  response: row.headers === null ? null : { ...readHead(row.headers), body: row.body ?? Buffer.alloc(0) },
  retried: row.retried,
});
