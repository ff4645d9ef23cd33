import { useMemo, useState } from 'react';
import { Button } from './button.js';
import { IconDownload } from './icons.js';
import { jsonLines, type JsonLine } from './json-lines.js';
import { visibleText } from './visible-text.js';
import classes from './code-view.module.css';

/** So much is drawn at once; the rest on request, so that a large answer cannot freeze the page. */
const LINES_AT_ONCE = 1_000;
const MAX_SHOWN = 256_000;
const MAX_LINE = 20_000;

interface CodeViewProps {
  text: string;
  /** For the download and for screen readers: `Request body`. */
  label: string;
}

/** Received or sent text, line by line: JSON laid out and coloured, anything else as it is. Never HTML. */
export function CodeView({ text, label }: CodeViewProps) {
  const [shown, setShown] = useState(LINES_AT_ONCE);
  const lines = useMemo(() => linesOf(text.slice(0, MAX_SHOWN), text.length > MAX_SHOWN), [text]);
  const left = lines.length - shown;
  return (
    <div className={classes.view}>
      {/* Focusable, so that the arrow keys can scroll it. */}
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={label}>
        <ol className={classes.lines}>
          {lines.slice(0, shown).map((line, index) => (
            <Line key={index} line={line} />
          ))}
        </ol>
      </div>
      {(left > 0 || text.length > MAX_SHOWN) && (
        <div className={classes.rest}>
          {left > 0 && (
            <Button small onClick={() => setShown(shown + LINES_AT_ONCE)}>
              Show {Math.min(left, LINES_AT_ONCE)} more lines
            </Button>
          )}
          {text.length > MAX_SHOWN && (
            <Button small icon={<IconDownload size={14} stroke={1.7} />} onClick={() => download(text, label)}>
              Download all of it
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function Line({ line }: { line: JsonLine | string }) {
  if (typeof line === 'string') return <li>{visibleText(line)}</li>;
  return (
    <li>
      {'  '.repeat(Math.min(line.depth, 40))}
      {line.tokens.map((token, index) => (
        <span key={index} className={classes[token.kind]}>
          {visibleText(token.text)}
        </span>
      ))}
    </li>
  );
}

function linesOf(text: string, cut: boolean): (JsonLine | string)[] {
  const json = cut ? null : jsonLines(text);
  if (json) return json;
  return text.split('\n').flatMap((line) => {
    if (line.length <= MAX_LINE) return [line];
    return Array.from({ length: Math.ceil(line.length / MAX_LINE) }, (_, at) =>
      line.slice(at * MAX_LINE, (at + 1) * MAX_LINE),
    );
  });
}

function download(text: string, label: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${label.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.txt`;
  link.click();
  URL.revokeObjectURL(address);
}
