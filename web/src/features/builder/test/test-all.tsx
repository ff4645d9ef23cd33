import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { reasonOf } from '../../../api/api-error.js';
import type { Run, Step } from '../../../api/types.js';
import { allSteps } from '../../../flow/steps.js';
import { Button } from '../../../ui/button.js';
import { Dialog } from '../../../ui/dialog.js';
import { IconX } from '../../../ui/icons.js';
import { useAutosave } from '../draft/autosave-context.js';
import { useDraft, useDraftStore } from '../draft/draft-context.js';
import { methodOf, fixedHostOf, isSafe } from './call-target.js';
import { runDraft, type DraftRun } from './run-draft.js';
import { useTesting } from './testing-store.js';
import { useSampleState } from './use-sample.js';
import classes from './test.module.css';

interface TestAllProps {
  /** How far it is. */
  onProgress: (words: string) => void;
  /** It is over, or was never begun: with what there is to say. */
  onEnd: (said: ReactNode) => void;
}

/** One test of the whole draft, from the question to the last answer. */
export function TestAll({ onProgress, onEnd }: TestAllProps) {
  const store = useDraftStore();
  const { flush } = useAutosave();
  const { sample, isReady } = useSampleState();
  const steps = useDraft(({ draft }) => draft.steps);
  const agreed = useTesting((state) => state.agreed);
  const agree = useTesting((state) => state.agree);
  const [asking, setAsking] = useState<Step[] | null>(null);
  const [run, setRun] = useState<DraftRun | null>(null);
  const begun = useRef(false);

  const start = async () => {
    if (!(await flush())) return onEnd('The draft is not saved, so it was not tested.');
    try {
      store.getState().markTest('trigger', 'tested');
      const made = await runDraft(store, sample, (seen) => onProgress(wordsOf(seen)));
      setRun(made);
      onEnd(<Outcome run={await made.ended} />);
    } catch (error) {
      onEnd(`The test could not be made: ${reasonOf(error)}`);
    }
  };
  const begin = useEffectEvent(() => {
    const toAsk = allSteps(steps).filter(
      (step) => !isSafe(methodOf(step)) && !agreed.includes(`${step.key} ${fixedHostOf(step) ?? ''}`),
    );
    if (toAsk.length > 0) setAsking(toAsk);
    else void start();
  });
  useEffect(() => {
    if (!isReady || begun.current) return;
    begun.current = true;
    begin();
  }, [isReady]);

  if (asking)
    return (
      <ConfirmAll
        steps={asking}
        onClose={() => onEnd(null)}
        onSend={() => {
          for (const step of asking) {
            const host = fixedHostOf(step);
            if (host !== null) agree(step.key, host);
          }
          setAsking(null);
          void start();
        }}
      />
    );
  if (!run) return null;
  return (
    <Button icon={<IconX size={15} stroke={1.7} />} onClick={() => void run.cancel().catch(() => {})}>
      Stop
    </Button>
  );
}

function wordsOf({ status, steps }: Run): string {
  if (status === 'waiting') return 'Waits for its next try';
  const begun = steps.filter((step) => step.status !== 'pending').length;
  return `Testing ${Math.max(1, begun)} of ${steps.length}`;
}

function Outcome({ run }: { run: Run }) {
  const failed = run.steps.find(({ status }) => status === 'failed');
  const done = run.steps.filter(({ status }) => status === 'succeeded').length;
  return (
    <>
      {run.status === 'succeeded' && `All is well: ${done} ${done === 1 ? 'step' : 'steps'} tested.`}
      {run.status === 'canceled' && 'The test was stopped.'}
      {run.status === 'failed' && (
        <>
          The test failed{failed && <> at “{failed.name}”</>}: {run.error?.message}
        </>
      )}{' '}
      <Link to={`/runs/${run.id}`}>Open the run</Link>
    </>
  );
}

interface ConfirmAllProps {
  steps: Step[];
  onSend: () => void;
  onClose: () => void;
}

/** Asked once for each host before a test changes something there. */
function ConfirmAll({ steps, onSend, onClose }: ConfirmAllProps) {
  const count = steps.length;
  return (
    <Dialog
      title="Test all steps for real?"
      onClose={onClose}
      onSubmit={onSend}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" data-first-focus>
            Send {count === 1 ? 'it' : `all ${count}`}
          </Button>
        </>
      }
    >
      <p>The calls are made as a run would make them: what they do there is done. You are asked once for each host.</p>
      <ul className={classes.hosts} aria-label="What is sent">
        {steps.map((step) => (
          <li key={step.key}>
            <code>{methodOf(step)}</code> to{' '}
            <b className="foreign">{fixedHostOf(step) ?? 'an address that is worked out from the data'}</b>
            <span className="foreign">{step.name}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
