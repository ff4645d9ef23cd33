import type { RunStatus } from '../../core/run.js';
import type { RunChange } from './run-watch.js';

/** As the list filters. */
export interface RunStreamFilter {
  integrationId?: string;
  statuses?: RunStatus[];
  eventId?: string;
  test?: boolean;
  q?: string;
}

/** Whether a reader must know of it: also of a run that no longer fits the statuses that it fitted before. */
export function concerns({ run, before }: RunChange, filter: RunStreamFilter): boolean {
  if (filter.integrationId !== undefined && run.integrationId !== filter.integrationId) return false;
  if (filter.eventId !== undefined && run.eventId !== filter.eventId) return false;
  if (filter.test !== undefined && run.test !== filter.test) return false;
  if (filter.q !== undefined && !mentions(run, filter.q)) return false;
  const { statuses } = filter;
  return statuses === undefined || statuses.includes(run.status) || (before !== null && statuses.includes(before));
}

function mentions(run: RunChange['run'], q: string): boolean {
  const wanted = q.toLowerCase();
  const texts = [run.integrationName, run.eventType, run.eventSubject, run.error?.message];
  return String(run.number) === q || texts.some((text) => text?.toLowerCase().includes(wanted));
}
