import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { FileValue } from '../core/file-value.js';
import { AttemptState, RunState, type RunError } from '../core/run.js';
import { arrayLiteral } from '../platform/database/array-literal.js';
import { Batcher } from '../platform/database/batcher.js';
import { Database, isUnavailable } from '../platform/database/database.js';
import { Logger } from '../platform/logging/logger.js';
import type { ClaimedRun } from './claimed-run.js';
import { pastAttempt, type PastAttempt, type PastRow } from './past-attempt.js';
import { storedHead } from './stored-head.js';
import { ADVANCE, BEGIN, PICK_UP } from './statements.js';

/** An attempt about to be made, with the request as it will be sent. Null: it could not even be built. */
export interface AttemptBegin {
  step: string;
  number: number;
  id: string;
  request: { method: string; url: string; headers: [string, string][]; body: Buffer | null } | null;
}

/** How an attempt ended. */
export interface AttemptEnd {
  step: string;
  number: number;
  response: {
    status: number;
    headers: [string, string][];
    /** The request went out twice; see `Outcome.resent`. */
    resent?: true;
    /** Empty where it is a file. */
    body: Buffer;
    bytes: number;
    truncated: boolean;
    file?: FileValue;
  } | null;
  durationMs: number;
  timings: { dnsMs: number; connectMs: number; firstByteMs: number };
  remoteAddress: string | null;
  error: RunError | null;
}

/** What becomes of the run. `go-on` with `next` begins that attempt in the same commit. */
export type RunMove =
  | { kind: 'go-on'; next: AttemptBegin | null }
  | { kind: 'wait'; delayMs: number; reason: string }
  | { kind: 'hand-back' }
  | { kind: 'end'; status: 'succeeded' }
  | { kind: 'end'; status: 'failed'; error: RunError };

interface Begin {
  run: ClaimedRun;
  attempt: AttemptBegin;
}
interface Advance {
  run: ClaimedRun;
  ended: AttemptEnd | null;
  move: RunMove;
}

const BATCH = { maxItems: 200, maxInFlight: 2, maxWeight: 16 * 1024 * 1024 };
const RETRY_DELAYS_MS = [50, 200, 1_000, 5_000];

/**
 * Writes what happens to a run, before and after every call. Answers false when the run is no longer this process's:
 * another one has taken over, or it has ended; then there is nothing left to do. While the database is away it keeps
 * trying: both statements can be sent twice, and the run belongs to this process until another one takes over.
 */
@Injectable()
export class RunRecorder {
  private closed = false;
  private readonly begins = new Batcher<Begin, boolean>((items) => this.sendBegins(items), {
    ...BATCH,
    weigh: ({ attempt }) => 500 + (attempt.request?.body?.length ?? 0),
  });
  private readonly advances = new Batcher<Advance, boolean>((items) => this.sendAdvances(items), {
    ...BATCH,
    weigh: ({ ended, move }) =>
      500 + (ended?.response?.body.length ?? 0) + (move.kind === 'go-on' ? (move.next?.request?.body?.length ?? 0) : 0),
  });

  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  async begin(run: ClaimedRun, attempt: AttemptBegin): Promise<boolean> {
    if (this.closed) return false;
    return this.insist(() => this.begins.push({ run, attempt }));
  }

  async advance(run: ClaimedRun, ended: AttemptEnd | null, move: RunMove): Promise<boolean> {
    if (this.closed) return false;
    return this.insist(() => this.advances.push({ run, ended, move }));
  }

  /** The attempts of a run that was run before, oldest first; those that nobody ended are `unknown` from now on. */
  async pickUp(run: ClaimedRun): Promise<PastAttempt[]> {
    const { rows } = await this.insist(() =>
      this.database.hot.query<PastRow>({ ...PICK_UP, values: [run.id, run.fence] }),
    );
    return rows.map(pastAttempt);
  }

  /**
   * Writes nothing more: the process stops, and whoever takes over starts from the last commit. What becomes of calls
   * that are still out then (they are cut off) is no end of theirs.
   */
  close(): void {
    this.closed = true;
  }

  private async insist<T>(write: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await write();
      } catch (error) {
        if (!isUnavailable(error) || this.closed) throw error;
        this.logger.warn({ error: String(error), attempt }, 'run.write-failed');
        await sleep(RETRY_DELAYS_MS[Math.min(attempt, RETRY_DELAYS_MS.length - 1)]);
      }
    }
  }

  private async sendBegins(items: Begin[]): Promise<boolean[]> {
    return this.send(BEGIN, items, [
      arrayLiteral(items.map(({ run }) => run.id)),
      arrayLiteral(items.map(({ run }) => run.fence)),
      ...attemptColumns(items.map(({ attempt }) => attempt)),
      ...bounds(items),
    ]);
  }

  private async sendAdvances(items: Advance[]): Promise<boolean[]> {
    const ended = items.map((item) => item.ended);
    const column = <T>(pick: (end: AttemptEnd) => T): (T | null)[] => ended.map((end) => (end ? pick(end) : null));
    const plain = (pick: (end: AttemptEnd) => number | boolean | null) => arrayLiteral(column(pick));
    return this.send(ADVANCE, items, [
      arrayLiteral(items.map(({ run }) => run.id)),
      arrayLiteral(items.map(({ run }) => run.fence)),
      column((end) => end.step),
      plain((end) => end.number),
      plain((end) => (end.error ? AttemptState.failed : AttemptState.succeeded)),
      plain((end) => end.response?.status ?? null),
      plain((end) => microseconds(end.durationMs)),
      plain((end) => microseconds(end.timings.dnsMs)),
      plain((end) => microseconds(end.timings.connectMs)),
      plain((end) => microseconds(end.timings.firstByteMs)),
      column((end) => end.remoteAddress),
      column((end) => end.response && storedHead(end.response)),
      column((end) => end.response?.body ?? null),
      plain((end) => end.response?.bytes ?? null),
      plain((end) => end.response?.truncated ?? false),
      column((end) => end.error?.code ?? null),
      column((end) => withoutNul(end.error?.message ?? null)),
      arrayLiteral(items.map(({ move }) => stateAfter(move))),
      arrayLiteral(items.map(({ move }) => (move.kind === 'wait' ? move.delayMs : null))),
      items.map(({ move }) => (move.kind === 'wait' ? move.reason : null)),
      items.map(({ move }) => runError(move)?.code ?? null),
      items.map(({ move }) => withoutNul(runError(move)?.message ?? null)),
      ...attemptColumns(items.map(({ move }) => (move.kind === 'go-on' ? move.next : null))),
      ...bounds(items),
    ]);
  }

  private async send(statement: object, items: { run: ClaimedRun }[], values: unknown[]): Promise<boolean[]> {
    const { rows } = await this.database.hot.query<{ done: number; ids: string[] | null }>({
      ...(statement as { name: string; text: string }),
      values,
    });
    if (rows[0].done === items.length) return items.map(() => true);
    const done = new Set(rows[0].ids);
    return items.map(({ run }) => done.has(run.id) && run.fence === newestFence(items, run.id));
  }
}

/**
 * A process that lost a run while it hung, and took it again, may write under both its fences at once: what was written
 * then was written under the newer one.
 */
const newestFence = (items: { run: ClaimedRun }[], id: string): number =>
  Math.max(...items.filter(({ run }) => run.id === id).map(({ run }) => run.fence));

/** The least and the greatest run id. */
function bounds(items: { run: ClaimedRun }[]): [string, string] {
  let [least, greatest] = [items[0].run.id, items[0].run.id];
  for (const { run } of items) {
    if (run.id < least) least = run.id;
    if (run.id > greatest) greatest = run.id;
  }
  return [least, greatest];
}

const runError = (move: RunMove): RunError | null =>
  move.kind === 'end' && move.status === 'failed' ? move.error : null;

function attemptColumns(attempts: (AttemptBegin | null)[]): unknown[] {
  return [
    attempts.map((attempt) => attempt?.step ?? null),
    arrayLiteral(attempts.map((attempt) => attempt?.number ?? null)),
    arrayLiteral(attempts.map((attempt) => attempt?.id ?? null)),
    attempts.map((attempt) => attempt?.request?.method ?? null),
    attempts.map((attempt) => withoutNul(attempt?.request?.url ?? null)),
    attempts.map((attempt) => (attempt?.request ? JSON.stringify(attempt.request.headers) : null)),
    attempts.map((attempt) => attempt?.request?.body ?? null),
    arrayLiteral(attempts.map((attempt) => (attempt?.request ? (attempt.request.body?.length ?? 0) : null))),
  ];
}

function stateAfter(move: RunMove): number {
  switch (move.kind) {
    case 'go-on':
      return RunState.running;
    case 'wait':
      return RunState.waiting;
    case 'hand-back':
      return RunState.queued;
    case 'end':
      return RunState[move.status];
  }
}

const microseconds = (ms: number): number => Math.min(Math.round(ms * 1000), 2_147_483_647);

/** PostgreSQL's text cannot hold U+0000. */
const withoutNul = (text: string | null): string | null =>
  text?.includes('\u0000') ? text.replaceAll('\u0000', '\ufffd') : text;
