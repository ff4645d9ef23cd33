import { useState, type ReactNode } from 'react';
import { readCurl } from '../../api/runs.js';
import type { Attempt, Headers, Message, ReceivedResponse, Timings } from '../../api/types.js';
import { formatBytes } from '../../ui/bytes.js';
import { Chip, type Tone } from '../../ui/chip.js';
import { CodeView } from '../../ui/code-view.js';
import { CopyButton } from '../../ui/copy-button.js';
import { MethodTag } from '../../ui/method-icon.js';
import { Segmented } from '../../ui/segmented.js';
import { formatDuration } from '../../ui/time.js';
import { visibleText } from '../../ui/visible-text.js';
import classes from './step-panel.module.css';

/** Exactly what one try sent, beside exactly what it got. */
export function Exchange({ runId, attempt }: { runId: string; attempt: Attempt }) {
  const { status, request, response, timings, remoteAddress } = attempt;
  return (
    <div className={classes.exchange}>
      <MessageCard title="Request" message={request} none="Nothing was sent.">
        {request && (
          <div className={classes.line} data-nowrap>
            <MethodTag method={request.method} />
            <span className={`${classes.url} mono foreign`} title={request.url} tabIndex={0}>
              {visibleText(request.url)}
            </span>
            <CopyButton text={request.url} label="Copy the address" />
            {attempt.error?.code !== 'mapping' && (
              <CopyButton text={() => readCurl(runId, attempt.id)} label="Copy as cURL (C)" wide="cURL" shortcut="c" />
            )}
          </div>
        )}
      </MessageCard>
      <MessageCard
        title="Response"
        message={response}
        none={status === 'started' ? 'Waiting for the answer…' : 'No answer came.'}
        badge={response && <Chip tone={toneOf(response.status)}>{response.status}</Chip>}
        foot={footOf(response, remoteAddress)}
      >
        {response?.file && (
          <p className={classes.none}>
            The body is a file:{' '}
            <a href={`/api/v1/files/${response.file.fileId}`} download>
              {visibleText(response.file.filename)}
            </a>
          </p>
        )}
        {timings && (
          <div className={classes.line}>
            {phasesOf(timings).map(([name, ms]) => (
              <span key={name} className="nums">
                {name} {formatDuration(ms)}
              </span>
            ))}
          </div>
        )}
      </MessageCard>
    </div>
  );
}

interface MessageCardProps {
  title: string;
  message: Message | null;
  none: string;
  badge?: ReactNode;
  foot?: string;
  children: ReactNode;
}

function MessageCard({ title, message, none, badge, foot, children }: MessageCardProps) {
  const [view, setView] = useState<'body' | 'headers'>('body');
  const count = message ? Object.values(message.headers).flat().length : 0;
  return (
    <section className={classes.card} aria-label={title}>
      <div className={classes.cardHead}>
        {badge}
        <h3>{title}</h3>
        {message && <span className={`${classes.size} nums`}>{formatBytes(message.bytes)}</span>}
        {message && (
          <Segmented
            label={`Part of the ${title.toLowerCase()}`}
            value={view}
            onChange={setView}
            options={[
              { value: 'body', text: 'Body' },
              { value: 'headers', text: `Headers ${count}` },
            ]}
          />
        )}
      </div>
      {children}
      {!message && <p className={classes.none}>{none}</p>}
      {message && view === 'body' && !('file' in message && message.file) && <Body title={title} message={message} />}
      {message && view === 'headers' && <HeaderList headers={message.headers} />}
      {foot && <p className={classes.foot}>{foot}</p>}
    </section>
  );
}

function Body({ title, message: { body, encoding, bytes } }: { title: string; message: Message }) {
  if (!body) return <p className={classes.none}>{bytes === 0 ? 'No body.' : 'The body is no longer kept.'}</p>;
  return (
    <>
      {encoding === 'base64' && <p className={classes.none}>Not text. Shown as base64:</p>}
      <CodeView text={body} label={`${title} body`} />
    </>
  );
}

function HeaderList({ headers }: { headers: Headers }) {
  const pairs = Object.entries(headers).flatMap(([name, value]) => [value].flat().map((each) => [name, each] as const));
  if (pairs.length === 0) return <p className={classes.none}>No headers.</p>;
  return (
    <dl className={classes.headers}>
      {pairs.flatMap(([name, value], index) => [
        <dt key={`${index} name`}>{visibleText(name)}</dt>,
        <dd key={`${index} value`}>{visibleText(value)}</dd>,
      ])}
    </dl>
  );
}

function footOf(response: ReceivedResponse | null, remoteAddress: string | null): string | undefined {
  const from = response && remoteAddress ? `Answered by ${remoteAddress}.` : '';
  const cut = response?.truncated ? ' It was longer than is kept: the rest was cut off.' : '';
  return `${from}${cut}`.trim() || undefined;
}

const toneOf = (status: number): Tone => (status >= 400 ? 'er' : status >= 300 ? 'wa' : 'ok');

/** The parts of a call one after the other; what took no time is left out. */
function phasesOf({ dnsMs, connectMs, firstByteMs, totalMs }: Timings): [string, number][] {
  const phases: [string, number][] = [
    ['Look-up', dnsMs],
    ['Connect', connectMs],
    ['First byte', firstByteMs],
  ];
  return [...phases.filter(([, ms]) => ms > 0), ['Total', totalMs]];
}
