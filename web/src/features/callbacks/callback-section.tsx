import { useId, useState } from 'react';
import { Link } from 'react-router';
import type { CallbackEvent, LastCall } from '../../api/types.js';
import { Button } from '../../ui/button.js';
import { IconAlertCircleFilled, IconSend } from '../../ui/icons.js';
import { OnOffSwitch } from '../../ui/on-off-switch.js';
import { formatDuration, formatExact } from '../../ui/time.js';
import { linesOf, mergeDuplicates, splitLists, type LineProblem } from './url-lines.js';
import classes from './callbacks.module.css';

const SLOW_MS = 8_000;
const MOST_ROWS = 22;

interface CallbackSectionProps {
  event: CallbackEvent;
  enabled: boolean;
  text: string;
  problems: LineProblem[];
  calls: LastCall[];
  testing: boolean;
  /** Why a test cannot be sent now. */
  noTest?: string;
  onTest: () => void;
  onChange: (part: { enabled?: boolean; text?: string }) => void;
  /** Called when the reader is at this section. */
  onLook: () => void;
}

export function CallbackSection(props: CallbackSectionProps) {
  const { event, enabled, text, problems, calls, testing, noTest, onTest, onChange, onLook } = props;
  const [merged, setMerged] = useState(0);
  const id = useId();
  const isShown = enabled || text.trim() !== '';
  const settle = () => {
    const result = mergeDuplicates(text);
    if (result.merged === 0) return;
    setMerged(result.merged);
    onChange({ text: result.text });
  };
  return (
    <section className={classes.section} aria-labelledby={`${id}-title`} onFocus={onLook}>
      <OnOffSwitch on={enabled} label={`Enable ${event} callback`} onChange={(on) => onChange({ enabled: on })} />
      <div className={classes.words}>
        <h3 id={`${id}-title`}>Enable {event} callback</h3>
        <p id={`${id}-hint`}>
          Each time an instance is {event}.{enabled && ' One URL per line.'}
          {!enabled && isShown && ' Off: these URLs are kept and not called.'}
        </p>
      </div>
      {isShown && (
        <Button
          small
          icon={<IconSend size={14} stroke={1.7} />}
          busy={testing}
          disabled={noTest !== undefined}
          title={noTest ?? 'Calls these URLs now, with sample data'}
          onClick={onTest}
        >
          Send test<span className="sr-only"> of the {event} callback</span>
        </Button>
      )}
      {isShown && (
        <div className={classes.lines}>
          <div
            className={classes.editor}
            data-invalid={problems.length > 0 || undefined}
            data-off={!enabled || undefined}
          >
            <ol className={classes.numbers} aria-hidden>
              {linesOf(text).map((_, index) => (
                <li key={index} data-bad={problems.some(({ line }) => line === index + 1) || undefined}>
                  {index + 1}
                </li>
              ))}
            </ol>
            <textarea
              aria-label={`URLs of the ${event} callback, one per line`}
              aria-describedby={[`${id}-hint`, problems.length > 0 && `${id}-problems`].filter(Boolean).join(' ')}
              aria-invalid={problems.length > 0 || undefined}
              rows={Math.min(MOST_ROWS, linesOf(text).length)}
              spellCheck={false}
              autoCapitalize="off"
              autoComplete="off"
              wrap="off"
              placeholder="https://"
              value={text}
              onBlur={settle}
              onChange={(change) => {
                setMerged(0);
                onChange({ text: change.currentTarget.value });
              }}
              onPaste={(paste) => {
                const pasted = paste.clipboardData.getData('text');
                const split = splitLists(pasted);
                if (split === pasted) return;
                paste.preventDefault();
                const { selectionStart: from, selectionEnd: to } = paste.currentTarget;
                onChange({ text: text.slice(0, from) + split + text.slice(to) });
              }}
            />
            <ul className={classes.answers} aria-label={`Last answers, ${event}`}>
              {linesOf(text).map((line, index) => (
                <li key={index}>
                  {problems.some((problem) => problem.line === index + 1) ? (
                    <span className={classes.bad}>Not valid</span>
                  ) : (
                    <Answer line={index + 1} call={calls.find(({ url }) => url === line.trim())} />
                  )}
                </li>
              ))}
            </ul>
          </div>
          {problems.length > 0 && (
            <div id={`${id}-problems`} className={classes.problems} role="alert">
              {problems.map(({ message }, index) => (
                <p key={index}>
                  <IconAlertCircleFilled size={14} aria-hidden />
                  {message}
                </p>
              ))}
            </div>
          )}
          {merged > 0 && (
            <p className={classes.merged} role="status">
              {merged === 1
                ? 'A line that was there twice was merged.'
                : `${merged} lines that were there twice were merged.`}
            </p>
          )}
        </div>
      )}
    </section>
  );
}

function Answer({ line, call }: { line: number; call: LastCall | undefined }) {
  if (!call) return null;
  const { runId, runStatus, status, durationMs, error, at } = call;
  const took = durationMs === null ? '' : ` · ${formatDuration(durationMs)}`;
  const slow = status !== null && status < 300 && (durationMs ?? 0) > SLOW_MS;
  const calling = status === null && !error && !['failed', 'canceled'].includes(runStatus);
  const tone = calling ? 'none' : slow ? 'wa' : status !== null && status < 300 ? 'ok' : 'er';
  const word = calling ? 'Calling…' : slow ? 'Slow' : (status ?? 'No answer');
  return (
    <Link to={`/runs/${runId}`} data-tone={tone} title={`${formatExact(at)}${error ? `: ${error}` : ''}`}>
      <span className="sr-only">Line {line}: </span>
      <i aria-hidden />
      {word}
      {took}
    </Link>
  );
}
