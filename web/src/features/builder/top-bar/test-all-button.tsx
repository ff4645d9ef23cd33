import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Button } from '../../../ui/button.js';
import { IconPlayerPlay } from '../../../ui/icons.js';
import { useDraft } from '../draft/draft-context.js';

const TestAll = lazy(() => import('../test/test-all.js').then(({ TestAll: each }) => ({ default: each })));

/** Runs the whole draft on the sample; the cards and the panel show what came of each step. */
export function TestAllButton({ onSaid }: { onSaid: (said: ReactNode) => void }) {
  const hasSteps = useDraft(({ draft }) => draft.steps.length > 0);
  const problems = useDraft((state) => state.problems.length);
  const readOnly = useDraft((state) => state.readOnly);
  const [isTesting, setTesting] = useState(false);
  const [progress, setProgress] = useState('');
  if (readOnly || !hasSteps) return null;
  return (
    <>
      <Button
        busy={isTesting}
        icon={<IconPlayerPlay size={15} stroke={1.7} />}
        title={problems > 0 ? `${problems} to fix first` : undefined}
        aria-disabled={problems > 0 || undefined}
        onClick={() => {
          if (problems > 0) return;
          onSaid(null);
          setTesting(true);
        }}
      >
        {progress || 'Test all steps'}
      </Button>
      {isTesting && (
        <Suspense>
          <TestAll
            onProgress={setProgress}
            onEnd={(said) => {
              setTesting(false);
              setProgress('');
              onSaid(said);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
