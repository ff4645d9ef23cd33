import { MAX_UNKNOWN_ATTEMPTS, AttemptState, type RunError } from '../core/run.js';
import type { StepEnd } from '../core/plan.js';
import { isRetryable, retryAt } from '../core/retry.js';
import type { PagesRead, StepOutput } from '../connectors/action.js';
import type { PastAttempt } from '../runs/past-attempt.js';
import type { RunnableDefinition, RunnableStep } from './compiled-definitions.js';
import type { CallOutcome } from './step.executor.js';

/** What a run has done so far: rebuilt from its attempts after a wait or a crash, kept up to date while it goes on. */
export class RunProgress {
  /** Steps that are over, by key. */
  readonly ended = new Map<string, StepEnd>();
  /** What later steps read as `steps.<key>`. */
  readonly outputs: Record<string, StepOutput> = {};
  private readonly tries = new Map<string, number>();
  /** Of the page that comes next, or the one call. */
  private readonly unknown = new Map<string, number>();
  /** Steps whose access token was refused, and which have another try with a new one. */
  private readonly withNewToken = new Set<string>();
  /** Of steps that read pages and are not over. */
  private readonly pages = new Map<string, PagesRead>();
  /** Number of the attempt that brought the last page. */
  private readonly lastPage = new Map<string, number>();

  static restore(runnable: RunnableDefinition, past: PastAttempt[]): RunProgress {
    const progress = new RunProgress();
    for (const attempt of past) {
      const known = runnable.steps.get(attempt.step);
      if (known) progress.add(known, attempt);
    }
    return progress;
  }

  /** Number of the step's next attempt, from 1. */
  nextNumber(step: string): number {
    return (this.tries.get(step) ?? 0) + 1;
  }

  /**
   * Set when this step was in flight in so many processes that died that it may be what kills them; nothing more is
   * sent then.
   */
  poison(step: string): RunError | null {
    const lost = this.unknown.get(step) ?? 0;
    if (lost < MAX_UNKNOWN_ATTEMPTS) return null;
    return {
      code: 'limit',
      message: `Set aside: the process died ${lost} times while this step was under way. Look at what it sends, then replay the run.`,
    };
  }

  /** Null where the step makes one call. */
  pagesRead({ step, compiled }: RunnableStep): PagesRead | null {
    return compiled.pages && (this.pages.get(step.key) ?? compiled.pages.none);
  }

  /** Notes how an attempt ended. Answers when to try again, in milliseconds from now, or null when the step is over. */
  finish({ step }: RunnableStep, number: number, outcome: CallOutcome, nowMs: number, random: number): number | null {
    this.tries.set(step.key, number);
    if (outcome.error === null) {
      if (outcome.page?.kind === 'next') this.turn(step.key, number, outcome.page.read);
      else this.succeed(step.key, outcome.output!);
      return null;
    }
    const failed = {
      number: this.tryOf(step.key, number),
      code: outcome.error.code,
      status: outcome.response?.status ?? null,
      retryAfter: headerOf(outcome.response?.headers, 'retry-after'),
    };
    const at = retryAt(step.retry, failed, nowMs, random);
    if (at !== null) return at - nowMs;
    this.fail(step.key, outcome.error, outcome.output);
    return null;
  }

  /** Notes an attempt that is made again at once, with a new access token, beside those of the step's retry rule. */
  renew(step: string, number: number): number {
    this.tries.set(step, number);
    this.withNewToken.add(step);
    return 0;
  }

  renewed(step: string): boolean {
    return this.withNewToken.has(step);
  }

  skip(step: string): void {
    this.ended.set(step, { key: step, status: 'skipped', error: null });
  }

  fail(step: string, error: RunError, output: StepOutput | null): void {
    if (output) this.outputs[step] = output;
    this.ended.set(step, { key: step, status: 'failed', error });
  }

  /** Every page is tried as often as a call of its own. */
  private tryOf(step: string, number: number): number {
    return number - (this.lastPage.get(step) ?? 0);
  }

  private turn(step: string, number: number, read: PagesRead): void {
    this.pages.set(step, read);
    this.lastPage.set(step, number);
    this.unknown.delete(step);
    this.withNewToken.delete(step);
  }

  private succeed(step: string, output: StepOutput): void {
    this.outputs[step] = output;
    this.ended.set(step, { key: step, status: 'succeeded', error: null });
  }

  private add(known: RunnableStep, attempt: PastAttempt): void {
    const { step, compiled } = known;
    this.tries.set(step.key, attempt.number);
    switch (attempt.state) {
      case AttemptState.succeeded: {
        const { headers, body, file } = attempt.response ?? { headers: [], body: Buffer.alloc(0) };
        const { status, durationMs } = attempt;
        const output = compiled.output({ status: status ?? 0, headers, body, file, durationMs });
        const read = this.pagesRead(known);
        const move = read && compiled.pages!.take(read, output, body.length);
        if (move?.kind === 'next') this.turn(step.key, attempt.number, move.read);
        else if (move?.kind === 'failed') this.fail(step.key, move.error, output);
        else this.succeed(step.key, move?.output ?? output);
        return;
      }
      case AttemptState.failed: {
        const error = attempt.error!;
        if (attempt.retried && attempt.status === 401) {
          this.withNewToken.add(step.key);
          return;
        }
        const number = this.tryOf(step.key, attempt.number);
        const failed = { number, code: error.code, status: attempt.status, retryAfter: null };
        const takenOver = attempt.number === 0;
        if (takenOver || number >= step.retry.attempts || !isRetryable(step.retry, failed)) {
          this.fail(step.key, error, null);
        }
        return;
      }
      default:
        this.unknown.set(step.key, (this.unknown.get(step.key) ?? 0) + 1);
    }
  }
}

const headerOf = (headers: [string, string][] | undefined, name: string): string | null =>
  headers?.find(([each]) => each.toLowerCase() === name)?.[1] ?? null;
