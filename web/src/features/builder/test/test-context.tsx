import { createContext, useContext, useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { reasonOf } from '../../../api/api-error.js';
import type { Step, StepTestAnswer } from '../../../api/types.js';
import { useFieldScope } from '../fields/field-scope.js';
import { isSafe, methodOf } from './call-target.js';
import { ConfirmSend } from './confirm-send.js';
import { answerOf, isOf, useTesting, type TestResult } from './testing-store.js';
import { useTestStep } from './use-test-step.js';

interface Testing {
  /** The test shown: the last one, or an earlier one that was picked. */
  result: TestResult | null;
  answer: StepTestAnswer | null;
  /** The request that was built and not sent. */
  preview: StepTestAnswer | null;
  isOld: boolean;
  isBusy: boolean;
  problem: string;
  earlier: readonly TestResult[];
  test: () => void;
  previewOnly: () => void;
  show: (result: TestResult) => void;
}

const TestContext = createContext<Testing | null>(null);

export function useStepTest(): Testing {
  const testing = useContext(TestContext);
  if (!testing) throw new Error('Not inside a TestProvider');
  return testing;
}

const NONE: readonly TestResult[] = [];

/** The tests of one step, for its Test tab and for the strip under every tab. */
export function TestProvider({ step, children }: { step: Step; children: ReactNode }) {
  const results = useTesting((state) => state.results[step.key] ?? NONE);
  const agreed = useTesting((state) => state.agreed);
  const agree = useTesting((state) => state.agree);
  const { isReady } = useFieldScope();
  const run = useTestStep(step);
  /** Asked for before the sample was there: a call without its data would be another call. */
  const [wanted, setWanted] = useState<'test' | 'preview' | null>(null);
  const [picked, setPicked] = useState<TestResult | null>(null);
  const [asking, setAsking] = useState<{ method: string; host: string } | null>(null);
  const result = picked && results.includes(picked) ? picked : (results[0] ?? null);
  const send = () => {
    setPicked(null);
    run.mutate(false);
  };
  const preview = () => run.mutate(true);
  const test = () => {
    const method = methodOf(step);
    // Only what changes something out there asks, once for each host.
    if (isSafe(method)) return send();
    run.mutate(true, {
      onSuccess: ({ request, error }) => {
        const host = request && URL.canParse(request.url) ? new URL(request.url).host : '';
        if (error || host === '' || agreed.includes(`${step.key} ${host}`)) return send();
        setAsking({ method, host });
      },
    });
  };
  const begin = useEffectEvent((what: 'test' | 'preview') => (what === 'test' ? test() : preview()));
  useEffect(() => {
    if (!isReady || wanted === null) return;
    setWanted(null);
    begin(wanted);
  }, [isReady, wanted]);
  const isBusy = run.isPending || wanted !== null;
  const testing: Testing = {
    result,
    answer: result && answerOf(result),
    preview: run.variables === true && run.isSuccess ? run.data : null,
    isOld: result !== null && !isOf(result, step),
    isBusy,
    problem: run.isError
      ? run.error instanceof Error && run.error.name === 'Error'
        ? run.error.message
        : reasonOf(run.error)
      : '',
    earlier: results,
    test: () => !isBusy && setWanted('test'),
    previewOnly: () => !isBusy && setWanted('preview'),
    show: (picked) => {
      run.reset();
      setPicked(picked);
    },
  };
  return (
    <TestContext value={testing}>
      {children}
      {asking && (
        <ConfirmSend
          {...asking}
          onClose={() => setAsking(null)}
          onSend={() => {
            agree(step.key, asking.host);
            setAsking(null);
            send();
          }}
        />
      )}
    </TestContext>
  );
}
