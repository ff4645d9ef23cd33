import { useState, type ReactNode } from 'react';
import type { Headers, Message } from '../api/types.js';
import { formatBytes } from '../ui/bytes.js';
import { Chip, type Tone } from '../ui/chip.js';
import { CodeView } from '../ui/code-view.js';
import { CopyButton } from '../ui/copy-button.js';
import { MethodTag } from '../ui/method-icon.js';
import { Segmented } from '../ui/segmented.js';
import { visibleText } from '../ui/visible-text.js';
import classes from './exchange.module.css';

/** The message in an HTTP exchange: bytes may be unknown, as those of a test are. */
type Shown = Omit<Message, 'bytes'> & { bytes?: number };

interface ExchangeProps {
  request: (Shown & { method: string; url: string }) | null;
  response: (Shown & { status: number; file?: { fileId: string; filename: string } | null }) | null;
  /** Said where there is no request, or no response. */
  noRequest?: string;
  noResponse: string;
  /** Beside the address: how to get the request as a command. */
  copy?: ReactNode;
  /** Above the answer: how long it took. */
  timing?: ReactNode;
  foot?: string;
}

/** Exactly what was sent, beside exactly what came back. */
export function Exchange({
  request,
  response,
  noRequest = 'Nothing was sent.',
  noResponse,
  copy,
  timing,
  foot,
}: ExchangeProps) {
  return (
    <div className={classes.exchange}>
      <MessageCard title="Request" message={request} none={noRequest}>
        {request && (
          <div className={classes.line} data-nowrap>
            <MethodTag method={request.method} />
            <span className={`${classes.url} mono foreign`} title={request.url} tabIndex={0}>
              {visibleText(request.url)}
            </span>
            <CopyButton text={request.url} label="Copy the address" />
            {copy}
          </div>
        )}
      </MessageCard>
      <MessageCard
        title="Response"
        message={response}
        none={noResponse}
        badge={response && <Chip tone={toneOf(response.status)}>{response.status}</Chip>}
        foot={foot}
      >
        {response?.file && (
          <p className={classes.none}>
            The body is a file:{' '}
            <a href={`/api/v1/files/${response.file.fileId}`} download>
              {visibleText(response.file.filename)}
            </a>
          </p>
        )}
        {timing && <div className={classes.line}>{timing}</div>}
      </MessageCard>
    </div>
  );
}

interface MessageCardProps {
  title: string;
  message: Shown | null;
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
        {message?.bytes !== undefined && <span className={`${classes.size} nums`}>{formatBytes(message.bytes)}</span>}
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

function Body({ title, message: { body, encoding, bytes } }: { title: string; message: Shown }) {
  if (!body) return <p className={classes.none}>{bytes ? 'The body is no longer kept.' : 'No body.'}</p>;
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

export const toneOf = (status: number): Tone => (status >= 400 ? 'er' : status >= 300 ? 'wa' : 'ok');
