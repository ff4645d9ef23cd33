import { useState } from 'react';
import { Button, IconButton } from '../../../ui/button.js';
import { CodeView } from '../../../ui/code-view.js';
import { IconChevronDown, IconChevronUp, IconEye, IconPlayerPlay } from '../../../ui/icons.js';
import { Segmented } from '../../../ui/segmented.js';
import { formatDuration } from '../../../ui/time.js';
import { Ago } from '../../../ui/time-text.js';
import { useFieldScope } from '../fields/field-scope.js';
import { useStepTest } from './test-context.js';
import { ResultChip } from './result-chip.js';
import classes from './test.module.css';

/** The last test in one line under every tab, with its request and answer on demand. */
export function ResultStrip({ onOpen }: { onOpen: () => void }) {
  const { readOnly } = useFieldScope();
  const { result, answer, preview, isOld, isBusy, problem, test, previewOnly } = useStepTest();
  const [isOpen, setOpen] = useState(false);
  const [side, setSide] = useState<'request' | 'response'>('response');
  const shown = preview ?? answer;
  const body = side === 'request' || preview ? shown?.request : shown?.response;
  return (
    <section className={classes.strip} aria-label="Test result">
      <div className={classes.stripHead}>
        <h3>Test result</h3>
        <span className={classes.stripText} role="status">
          {problem ? (
            <span className={classes.bad}>{problem}</span>
          ) : preview ? (
            preview.error ? (
              <span className={classes.bad}>{preview.error.message}</span>
            ) : (
              'Preview: nothing was sent'
            )
          ) : !result ? (
            'Not tested yet'
          ) : isOld ? (
            'Not tested since your last change'
          ) : (
            <>
              <ResultChip result={result} />{' '}
              {answer?.response && <span className="nums">{formatDuration(answer.response.durationMs)}</span>}{' '}
              <span className={classes.when}>
                <Ago at={new Date(result.at).toISOString()} />, with {result.sample}
              </span>
            </>
          )}
        </span>
        {isOpen && !preview && (
          <Segmented
            label="Part of the test"
            value={side}
            onChange={setSide}
            options={[
              { value: 'request', text: 'Request' },
              { value: 'response', text: 'Response' },
            ]}
          />
        )}
        {!readOnly && (!result || isOld || preview) && (
          <Button
            small
            icon={<IconEye size={14} stroke={1.7} />}
            onClick={() => {
              setOpen(true);
              previewOnly();
            }}
          >
            Preview request
          </Button>
        )}
        {!readOnly && (
          <Button
            small
            look={!result || isOld ? 'primary' : 'plain'}
            busy={isBusy}
            icon={<IconPlayerPlay size={14} stroke={1.7} />}
            onClick={() => {
              setOpen(true);
              setSide('response');
              test();
            }}
            title="Ctrl+Enter"
          >
            Test step
          </Button>
        )}
        {shown && (
          <IconButton
            label={isOpen ? 'Fold the test result' : 'Show the test result'}
            aria-expanded={isOpen}
            icon={isOpen ? <IconChevronDown size={16} stroke={1.7} /> : <IconChevronUp size={16} stroke={1.7} />}
            onClick={() => setOpen(!isOpen)}
          />
        )}
      </div>
      {isOpen && shown && (
        <div className={classes.stripBody}>
          {shown.error && (
            <p className={classes.bad}>
              {shown.error.message}{' '}
              <button type="button" className={classes.link} onClick={onOpen}>
                See the whole test
              </button>
            </p>
          )}
          {(side === 'request' || preview) && shown.request && (
            <p className={`${classes.address} mono foreign`}>
              {shown.request.method} {shown.request.url}
            </p>
          )}
          {body?.body ? (
            <CodeView
              text={body.body}
              label={side === 'request' || preview ? 'Body of the request' : 'Body of the response'}
            />
          ) : (
            <p className={classes.soft}>{body ? 'No body.' : 'No answer came.'}</p>
          )}
        </div>
      )}
    </section>
  );
}
