import type { Step } from '../../../api/types.js';
import { Button } from '../../../ui/button.js';
import { IconChevronRight, IconEye, IconPlayerPlay } from '../../../ui/icons.js';
import { formatDuration } from '../../../ui/time.js';
import { Ago } from '../../../ui/time-text.js';
import { useFieldScope } from '../fields/field-scope.js';
import { ResultChip } from './result-chip.js';
import { SampleSelect } from './sample-select.js';
import { TestAnswer } from './test-answer.js';
import { useStepTest } from './test-context.js';
import { answerOf, type TestResult } from './testing-store.js';
import classes from './test.module.css';

/** Tests one step with a sample, and shows what went out and what came back. */
export function TestTab({ step }: { step: Step }) {
  const { readOnly } = useFieldScope();
  const { answer, result, preview, isOld, isBusy, problem, earlier, test, previewOnly, show } = useStepTest();
  const shown = preview ?? answer;
  return (
    <div className={classes.tab}>
      <div className={classes.bar}>
        <SampleSelect />
        {!readOnly && (
          <Button
            look="primary"
            busy={isBusy}
            icon={<IconPlayerPlay size={15} stroke={1.7} />}
            onClick={test}
            title="Ctrl+Enter"
          >
            Test step
          </Button>
        )}
      </div>
      <p className={classes.soft}>
        {step.action === 'get' ? 'Sends a real GET.' : 'Sends the real call.'}{' '}
        {!readOnly && (
          <button type="button" className={classes.link} onClick={previewOnly}>
            <IconEye size={14} stroke={1.7} aria-hidden /> Preview the request only
          </button>
        )}
      </p>
      {problem && (
        <p className={classes.bad} role="alert">
          {problem}
        </p>
      )}
      {preview && <p className={classes.soft}>This is the request. Nothing was sent.</p>}
      {!preview && isOld && <p className={classes.old}>Not tested since your last change. This is from before it.</p>}
      {shown ? (
        <TestAnswer answer={shown} isPreview={preview !== null} />
      ) : (
        <p className={classes.none}>Not tested yet. The exact request and the exact answer will be here.</p>
      )}
      {earlier.length > 1 && (
        <section aria-labelledby="earlier-tests">
          <div className={classes.earlierHead}>
            <h3 id="earlier-tests">Earlier tests</h3>
            <span className={classes.soft}>kept for 7 days in this browser</span>
          </div>
          <ul className={classes.earlier}>
            {earlier.map((each) => (
              <li key={each.at}>
                <button type="button" aria-pressed={each === result && !preview} onClick={() => show(each)}>
                  <ResultChip result={each} />
                  <span className="nums">{durationText(each)}</span>
                  <span className={classes.sample}>{each.sample}</span>
                  <Ago at={new Date(each.at).toISOString()} />
                  <IconChevronRight size={14} stroke={1.7} aria-hidden />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

const durationText = (result: TestResult): string => {
  const { response } = answerOf(result);
  return response ? formatDuration(response.durationMs) : '';
};
