import { Injectable } from '@nestjs/common';
import { SignIns, type SignInLookup } from '../connections/sign-ins.service.js';
import { triggerScope } from '../core/event.js';
import { formatId, newUuid } from '../core/id.js';
import { parseJson } from '../core/json.js';
import { nextMove } from '../core/plan.js';
import type { RunError } from '../core/run.js';
import { IntegrationNames } from '../integrations/integration-names.js';
import { isUnavailable } from '../platform/database/database.js';
import type { Scope } from '../platform/expressions/template.js';
import { Logger } from '../platform/logging/logger.js';
import { Metrics } from '../platform/logging/metrics.js';
import type { CallPlaces } from '../platform/queue/dispatcher.js';
import type { ClaimedRun } from '../runs/claimed-run.js';
import { RunRecorder, type AttemptBegin, type AttemptEnd, type RunMove } from '../runs/run-recorder.js';
import { WAITS_FOR_CONNECTION } from '../runs/waiting-runs.js';
import { CompiledDefinitions, type RunnableDefinition, type RunnableStep } from './compiled-definitions.js';
import { RunProgress } from './run-progress.js';
import { TreeStarts } from './tree-starts.js';
import {
  idempotencyKey,
  notSent,
  pageOutcome,
  StepExecutor,
  type CallOutcome,
  type PreparedCall,
} from './step.executor.js';

/** How long a run waits before it looks again whether its connection can be used. */
const CONNECTION_WAIT_MS = 60_000;

/** The step that comes next, its call built; or what becomes of the run instead. */
type Next =
  | { kind: 'attempt'; runnable: RunnableStep; call: PreparedCall; attempt: AttemptBegin }
  | Exclude<RunMove, { kind: 'go-on' }>;

/**
 * Executes a run: step after step, until it is done or has to wait. Every call is on record before it is made and after
 * it was answered; the end of one step and the beginning of the next are one commit. Whenever the recorder answers
 * false, another process has taken over: stop, write nothing, say nothing.
 */
@Injectable()
export class RunHandler {
  constructor(
    private readonly definitions: CompiledDefinitions,
    private readonly executor: StepExecutor,
    private readonly trees: TreeStarts,
    private readonly signIns: SignIns,
    private readonly recorder: RunRecorder,
    private readonly names: IntegrationNames,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
  ) {}

  async handle(run: ClaimedRun, places: CallPlaces): Promise<void> {
    try {
      await this.execute(run, places);
    } catch (error) {
      if (places.stopping) return; // the takeover goes on from the last commit
      if (isUnavailable(error)) {
        // Writes are insisted on, so this was a read before the first of them: the run is as it was when it was claimed.
        await this.recorder.advance(run, null, { kind: 'hand-back' });
        return;
      }
      this.logger.error(
        { run: formatId('run', run.id), error: String((error as Error)?.stack ?? error) },
        'run.broken',
      );
      const failure: RunError = {
        code: 'limit',
        message: 'Set aside: an internal error stopped this run. See the log.',
      };
      await this.recorder.advance(run, null, { kind: 'end', status: 'failed', error: failure });
    }
  }

  private async execute(run: ClaimedRun, places: CallPlaces): Promise<void> {
    const runnable = await this.definitions.get(run.definitionId);
    const progress = run.fresh ? new RunProgress() : RunProgress.restore(runnable, await this.recorder.pickUp(run));
    const scope = await this.scopeOf(run, progress);

    let ended: AttemptEnd | null = null;
    let next = await this.next(run, runnable, progress, scope);
    while (next.kind === 'attempt') {
      const release = await this.begin(run, ended, next, places);
      if (release === null) return;
      // The place is freed before the answer is committed: it is for the call alone (measured: +14 % runs/s).
      const sent = await this.call(run, next.runnable, next.call, scope).finally(release);
      const outcome = pageOutcome(next.runnable, progress.pagesRead(next.runnable), sent);

      this.metrics.attempts.inc({ outcome: outcome.error ? outcome.error.code : 'succeeded' });
      this.metrics.attemptSeconds.observe(outcome.durationMs / 1000);
      const { step, number } = next.attempt;
      const delayMs = (await this.mayRenew(next, outcome, progress))
        ? progress.renew(step, number)
        : progress.finish(next.runnable, number, outcome, Date.now(), Math.random());
      ended = { ...outcome, step, number };
      if (delayMs !== null) {
        await this.recorder.advance(run, ended, { kind: 'wait', delayMs, reason: 'retry' });
        return;
      }
      next = await this.next(run, runnable, progress, scope);
    }
    if ((await this.recorder.advance(run, ended, next)) && next.kind === 'end') this.noteEnd(run, next);
  }

  private call(
    run: ClaimedRun,
    runnable: RunnableStep,
    { toSend, error }: PreparedCall,
    scope: Scope,
  ): Promise<CallOutcome> {
    if (error || !toSend) return Promise.resolve(notSent(error!));
    if (toSend.tree !== undefined) return this.trees.start(run, runnable, toSend.tree, scope);
    return this.executor.send(runnable, toSend, scope, run.id);
  }

  /** Whether a refused access token (401) has others to follow it: once a step, whatever its retry rule. */
  private async mayRenew(
    { runnable, call }: Extract<Next, { kind: 'attempt' }>,
    outcome: CallOutcome,
    progress: RunProgress,
  ): Promise<boolean> {
    if (call.tokenVersion === null || outcome.error === null || outcome.response?.status !== 401) return false;
    return !progress.renewed(runnable.step.key) && this.signIns.refuse(runnable.step.connectionId!, call.tokenVersion);
  }

  /**
   * Records the last attempt's end and the next one's beginning, in one commit where a place for the call is free now.
   * Answers what frees the place; null when there is nothing more to do here.
   */
  private async begin(
    run: ClaimedRun,
    ended: AttemptEnd | null,
    next: Extract<Next, { kind: 'attempt' }>,
    places: CallPlaces,
  ): Promise<(() => void) | null> {
    if (ended && places.stopping) {
      await this.recorder.advance(run, ended, { kind: 'hand-back' });
      return null;
    }
    const place = places.tryTake();
    if (place && ended)
      return this.holdIf(place, this.recorder.advance(run, ended, { kind: 'go-on', next: next.attempt }));
    // What is done is written at once; only then does the run wait for its turn.
    if (ended && !(await this.recorder.advance(run, ended, { kind: 'go-on', next: null }))) return null;
    const release = place ?? (await places.take());
    if (places.stopping) {
      release();
      await this.recorder.advance(run, null, { kind: 'hand-back' });
      return null;
    }
    if (place === null && next.call.signAgain) signAgain(next);
    return this.holdIf(release, this.recorder.begin(run, next.attempt));
  }

  /** Keeps the place where the write said yes; frees it in every other case. */
  private async holdIf(release: () => void, written: Promise<boolean>): Promise<(() => void) | null> {
    let ours = false;
    try {
      ours = await written;
    } finally {
      if (!ours) release();
    }
    return ours ? release : null;
  }

  private async next(
    run: ClaimedRun,
    runnable: RunnableDefinition,
    progress: RunProgress,
    scope: Scope,
  ): Promise<Next> {
    for (;;) {
      const move = nextMove(runnable.definition, progress.ended);
      if (move.kind === 'end') return move;
      const step = runnable.steps.get(move.step.key)!;
      const poison = progress.poison(step.step.key);
      if (poison) {
        progress.fail(step.step.key, poison, null);
        return { kind: 'end', status: 'failed', error: poison };
      }
      const refusal = conditionOf(step, scope);
      if (refusal === 'skip') {
        progress.skip(step.step.key);
        continue;
      }
      const signIn = await this.signInOf(step);
      // Not yet on record, and nothing sent: whatever ended before is written with the wait.
      if (signIn === 'away') return { kind: 'hand-back' };
      if (signIn?.kind === 'waiting') {
        const delayMs = Math.min(signIn.delayMs ?? Infinity, CONNECTION_WAIT_MS);
        return { kind: 'wait', delayMs, reason: WAITS_FOR_CONNECTION };
      }
      const read = progress.pagesRead(step);
      const key = idempotencyKey(run.chainId, step.step.key, read && read.count + 1);
      const call = refusal ?? this.executor.prepare(step, scope, key, signIn, read);
      if (call.request?.form) await this.executor.describe(call);
      const attempt: AttemptBegin = {
        step: step.step.key,
        number: progress.nextNumber(step.step.key),
        id: newUuid(),
        request: call.request,
      };
      return { kind: 'attempt', runnable: step, call, attempt };
    }
  }

  /** Null where the step has none. `away`: the database that would know it is. */
  private async signInOf({ step }: RunnableStep): Promise<SignInLookup | 'away' | null> {
    if (step.connectionId === null) return null;
    try {
      return await this.signIns.of(step.connectionId);
    } catch (error) {
      if (isUnavailable(error)) return 'away';
      throw error;
    }
  }

  private async scopeOf(run: ClaimedRun, progress: RunProgress): Promise<Scope> {
    return {
      trigger: triggerScope({ ...run.event, id: formatId('evt', run.event.id) }, parseJson(run.event.dataText)),
      steps: progress.outputs,
      run: { id: formatId('run', run.id), number: run.number, startedAt: run.startedAt.toISOString() },
      integration: { id: formatId('int', run.integrationId), name: await this.names.nameOf(run.integrationId) },
    };
  }

  private noteEnd(run: ClaimedRun, end: Extract<Next, { kind: 'end' }>): void {
    this.metrics.runsEnded.inc({ status: end.status });
    const fields = {
      run: formatId('run', run.id),
      number: run.number,
      integration: formatId('int', run.integrationId),
      status: end.status,
      code: end.status === 'failed' ? end.error.code : undefined,
      ms: Date.now() - run.startedAt.getTime(),
    };
    if (end.status === 'failed') this.logger.warn(fields, 'run.finished');
    else this.logger.debug(fields, 'run.finished');
  }
}

function signAgain(next: Extract<Next, { kind: 'attempt' }>): void {
  next.call = next.call.signAgain!();
  next.attempt = { ...next.attempt, request: next.call.request };
}

/** Null: the step runs. A condition that cannot be judged is an attempt that never left. */
function conditionOf({ condition }: RunnableStep, scope: Scope): PreparedCall | 'skip' | null {
  try {
    return condition && !condition.test(scope) ? 'skip' : null;
  } catch (error) {
    const message = `The condition of this step could not be judged: ${(error as Error).message}`;
    return { request: null, toSend: null, tokenVersion: null, error: { code: 'mapping', message } };
  }
}
