import { STATUS_CODES } from 'node:http';
import { isTreeUrl } from '../../core/tree-path.js';
import type { RunChain } from '../../runs/run-chains.js';
import { JOB_STATUSES, STATES_OF, type JobStatus, type JobView } from './job.schema.js';

/** What a job shows of its webhook, which may be deleted. */
export interface JobWebhook {
  id: string;
  kappSlug: string;
  name: string;
  type: string;
  event: string;
  url: string;
}

/** One call of a webhook, as that system's clients know it. */
export function jobOf(chain: RunChain, webhook: JobWebhook): JobView {
  const url = chain.url ?? webhook.url;
  const responseContent = chain.responseBody?.toString('utf8') ?? null;
  return {
    id: chain.id,
    name: webhook.name,
    event: webhook.event,
    type: webhook.type,
    url,
    status: statusOf(chain.state),
    summary: summaryOf(chain),
    retryCount: Math.max(0, chain.attempts - 1),
    runNumber: (isTreeUrl(url) ? startedNumber(responseContent) : null) ?? Number(chain.number),
    eventTime: chain.eventTime?.toISOString() ?? null,
    scheduledAt: chain.createdAt.toISOString(),
    scopeType: webhook.kappSlug === '' ? 'Space' : 'Kapp',
    scopeId: webhook.kappSlug === '' ? null : webhook.kappSlug,
    parentId: null,
    webhookId: webhook.id,
    requestContent: chain.requestBody?.toString('utf8') ?? null,
    responseContent,
  };
}

export const statusOf = (state: number): JobStatus => JOB_STATUSES.find((status) => STATES_OF[status].includes(state))!;

/** `200 OK`, `Timeout after 10000 ms`, `Missing tree: Teams :: Updated`; null before the first answer. */
function summaryOf({ status, attemptErrorCode, attemptErrorMessage, errorMessage }: RunChain): string | null {
  if (status !== null) return [status, STATUS_CODES[status]].filter(Boolean).join(' ');
  const message = attemptErrorMessage ?? errorMessage;
  if (message === null) return null;
  const timeout = /_timeout$/.test(attemptErrorCode ?? '') && /(\d+) ms/.exec(message);
  if (timeout) return `Timeout after ${timeout[1]} ms`;
  return /^Missing tree: .*? :: [^.]*/.exec(message)?.[0] ?? message;
}

function startedNumber(response: string | null): number | null {
  try {
    const { runId } = JSON.parse(response ?? '{}') as { runId?: string };
    return runId === undefined ? null : Number(runId);
  } catch {
    return null;
  }
}
