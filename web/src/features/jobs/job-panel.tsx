import { useState } from 'react';
import { Link } from 'react-router';
import { reasonOf, statusOf } from '../../api/api-error.js';
import { useChangeJob, useJob, useRunByNumber } from '../../api/jobs.js';
import { readLastCurl } from '../../api/runs.js';
import { roleAllows, useSession } from '../../api/session.js';
import type { Job } from '../../api/types.js';
import { announce } from '../../ui/announce.js';
import { formatBytes, formatCount } from '../../ui/bytes.js';
import { Button } from '../../ui/button.js';
import { CodeView } from '../../ui/code-view.js';
import { TextInput } from '../../ui/controls.js';
import { CopyButton } from '../../ui/copy-button.js';
import { Facts } from '../../ui/facts.js';
import { ListError } from '../../ui/list-parts.js';
import type { OpenRow } from '../../ui/rows.js';
import { SidePanel } from '../../ui/side-panel.js';
import { formatDuration, formatExact } from '../../ui/time.js';
import { JobResult } from './job-result.js';
import card from '../../exchange/exchange.module.css';
import classes from './jobs.module.css';

/** One job: where it went, because of what, the exact data, the answer; and the way to send it again. */
export function JobPanel({ id, ...walk }: OpenRow) {
  const query = useJob(id);
  const job = query.data;
  return (
    <SidePanel title={job ? `${job.type} ${job.event}` : 'Webhook job'} {...walk}>
      {query.isPending && <p role="status">Loading…</p>}
      {query.isError && !job && (
        <ListError
          what="The job"
          reason={statusOf(query.error) === 404 ? 'There is no such job.' : reasonOf(query.error)}
          onRetry={() => query.refetch()}
        />
      )}
      {job && <Details job={job} />}
    </SidePanel>
  );
}

function Details({ job }: { job: Job }) {
  const { name, url, summary, status, retryCount, runNumber, eventTime, requestContent, responseContent } = job;
  const isOver = !['Queued', 'In Progress'].includes(status);
  const run = useRunByNumber(runNumber).data;
  // A tree path starts a run of its own and makes no call.
  const caller = url.startsWith('/') ? undefined : run;
  const took = caller?.finishedAt
    ? formatDuration(Date.parse(caller.finishedAt) - Date.parse(caller.startedAt ?? caller.createdAt))
    : null;
  return (
    <>
      <div className={classes.result}>
        <JobResult job={job} />
        <span className="foreign">{summary ?? (isOver ? 'No answer came' : 'No answer yet')}</span>
      </div>
      <Facts
        rows={[
          ['Sent to', <code key="url">{url}</code>],
          ['Webhook', name],
          ['Because of', `${job.type} ${job.event}${eventTime ? `, ${formatExact(eventTime)}` : ''}`],
          [
            url.startsWith('/') ? 'Started run' : 'Run',
            run ? (
              <Link key="run" to={`/runs/${run.id}`}>
                {formatCount(runNumber)}
              </Link>
            ) : (
              formatCount(runNumber)
            ),
          ],
          ['Tries', String(retryCount + 1)],
          ...(took === null ? [] : ([['Took', took]] as [string, string][])),
        ]}
      />
      <SendAgain job={job} isOver={isOver} />
      {caller && requestContent !== null && (
        <CopyButton
          wide="Copy as cURL"
          label="Copy the last call as a cURL command"
          text={() => readLastCurl(caller.id)}
        />
      )}
      <Content title="Data sent" text={requestContent} none="Nothing was sent, or it is no longer kept." />
      <Content title="Answer" text={responseContent} none={isOver ? 'No answer came.' : 'Waiting for the answer…'} />
    </>
  );
}

/** The stored content again: to the same address, or to a mended one. */
function SendAgain({ job: { id, url, status }, isOver }: { job: Job; isOver: boolean }) {
  const me = useSession().data;
  const change = useChangeJob();
  const [address, setAddress] = useState<string | null>(null);
  if (!me || !roleAllows(me.role, 'operator')) return null;
  if (status === 'In Progress') return null;
  if (!isOver)
    return (
      <div className={classes.again}>
        <Button busy={change.isPending} onClick={() => change.mutate({ id, status: 'Cancelled' })}>
          Cancel this job
        </Button>
        {change.error && <p role="alert">{reasonOf(change.error)}</p>}
      </div>
    );
  const send = () =>
    change.mutate(
      { id, status: 'Queued', url: address !== null && address.trim() !== url ? address.trim() : undefined },
      {
        onSuccess: () => {
          setAddress(null);
          announce('Sent again');
        },
      },
    );
  return (
    <form
      className={classes.again}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {address !== null && (
        <TextInput
          label="Send it to"
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
          autoFocus
        />
      )}
      <div className={classes.buttons}>
        <Button type="submit" look="primary" busy={change.isPending} disabled={address?.trim() === ''}>
          Send again
        </Button>
        {address === null ? (
          <Button onClick={() => setAddress(url)}>To another URL</Button>
        ) : (
          <Button onClick={() => setAddress(null)}>Keep the URL</Button>
        )}
      </div>
      {change.error && <p role="alert">{reasonOf(change.error)}</p>}
    </form>
  );
}

function Content({ title, text, none }: { title: string; text: string | null; none: string }) {
  return (
    <section className={card.card} aria-label={title}>
      <div className={card.cardHead}>
        <h3>{title}</h3>
        {text && <span className={`${card.size} nums`}>{formatBytes(new Blob([text]).size)}</span>}
        {text && <CopyButton text={text} label={`Copy: ${title.toLowerCase()}`} />}
      </div>
      {text ? <CodeView text={text} label={`${title}, content`} /> : <p className={card.none}>{none}</p>}
    </section>
  );
}
