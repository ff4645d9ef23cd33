import { cancelRun, readRunExactly, testDraft } from '../../../api/draft-tests.js';
import { hasEnded } from '../../../api/run-list.js';
import type { Attempt, Run, RunStep, Step } from '../../../api/types.js';
import { findStep } from '../../../flow/steps.js';
import { tryParse } from '../../../ui/exact-json.js';
import type { DraftStore } from '../draft/draft-store.js';
import type { Sample } from './sample.js';
import { subjectOf, testingStore } from './testing-store.js';

const LOOK_MS = 700;

export interface DraftRun {
  id: string;
  /** Resolves once it has ended, however it did. */
  ended: Promise<Run>;
  cancel: () => Promise<unknown>;
}

/** Runs the saved draft on a sample, for real; each step's test is what the run made of it. */
export async function runDraft(store: DraftStore, sample: Sample, onLook: (run: Run) => void): Promise<DraftRun> {
  const { integration, draft } = store.getState();
  const { runId } = await testDraft(integration.id, sample.request);
  const told = new Map<string, string>();
  const look = async (): Promise<Run> => {
    const run = await readRunExactly(runId);
    for (const step of run.steps) {
      const tested = findStep(draft, step.key)?.step;
      if (!tested || told.get(step.key) === step.status) continue;
      told.set(step.key, step.status);
      tell(store, step, tested, sample);
    }
    onLook(run);
    if (hasEnded(run.status)) return run;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    return look();
  };
  return { id: runId, ended: look(), cancel: () => cancelRun(runId) };
}

/** On its card, and in its panel with the exact request and answer. What was changed meanwhile is not what was tested. */
function tell(store: DraftStore, { key, status, ...rest }: RunStep, tested: Step, sample: Sample): void {
  const isSame = findStep(store.getState().draft, key)?.step === tested;
  if (status === 'running' || status === 'waiting') {
    if (isSame) store.getState().markTest(key, 'testing');
    return;
  }
  if (status !== 'succeeded' && status !== 'failed') return;
  testingStore(store.getState().integration.id)
    .getState()
    .add(key, {
      at: Date.now(),
      subject: subjectOf(tested),
      sample: sample.label,
      answer: JSON.stringify(answerOf({ status, ...rest }, tested)),
    });
  if (isSame) store.getState().markTest(key, status === 'succeeded' ? 'tested' : 'failed');
}

/** The last try, in the shape of a step's own test. */
function answerOf({ status, attempts, error }: Pick<RunStep, 'status' | 'attempts' | 'error'>, tested: Step) {
  const last = attempts.at(-1);
  const { request = null, response = null, durationMs } = last ?? {};
  return {
    request,
    response: response && { ...response, durationMs: durationMs ?? 0 },
    output: last && status === 'succeeded' ? outputOf(last, tested) : null,
    outcome: status,
    error: error ?? last?.error ?? null,
  };
}

/** What later steps read of it; null where only the server can tell: a run keeps what was answered, not what was read of it. */
function outputOf({ response, durationMs }: Attempt, { input }: Step) {
  const isPaged = 'pagination' in input && input.pagination !== null;
  if (!response || response.truncated || isPaged) return null;
  const { status, headers, body, file } = response;
  const type = String([headers['content-type'] ?? ''].flat()[0]);
  if (file === null && /xml|form-urlencoded/i.test(type)) return null;
  const read: unknown = file ?? (body !== null && /json/i.test(type) ? tryParse(body) : body);
  return { status, headers, body: read ?? null, durationMs: durationMs ?? 0 };
}
