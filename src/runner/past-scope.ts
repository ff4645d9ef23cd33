import { Injectable } from '@nestjs/common';
import { HooklineError, notFound } from '../core/errors.js';
import { formatId, parseId } from '../core/id.js';
import type { Scope } from '../platform/expressions/template.js';
import { RunReader } from '../runs/run-reader.js';
import { CompiledDefinitions } from './compiled-definitions.js';
import { RunProgress } from './run-progress.js';
import { SampleScope } from './sample-scope.js';

/** Of all answers that a run was given. */
const MAX_BYTES = 16 * 1024 * 1024;

/** What the expressions of a run saw, from what is on record of it. */
@Injectable()
export class PastScope {
  constructor(
    private readonly runs: RunReader,
    private readonly definitions: CompiledDefinitions,
    private readonly samples: SampleScope,
  ) {}

  /** @param runId `run_…` */
  async of(runId: string): Promise<Scope> {
    const uuid = parseId('run', runId);
    const [run] = uuid === null ? [] : await this.runs.byIds([uuid]);
    if (!run) throw notFound('run', runId);
    const [trigger, past, runnable] = await Promise.all([
      this.samples.stored(formatId('evt', run.eventId)),
      this.runs.pastAttempts(run.id, MAX_BYTES),
      this.definitions.get(run.definitionId),
    ]);
    if (past === null) {
      throw new HooklineError('conflict', 'too_large', `${runId} was given too much to work with it again here.`);
    }
    return {
      trigger,
      steps: RunProgress.restore(runnable, past).outputs,
      run: { id: runId, number: Number(run.number), startedAt: (run.startedAt ?? run.createdAt).toISOString() },
      integration: { id: formatId('int', run.integrationId), name: run.integrationName ?? '' },
    };
  }
}
