import { useSearchParams } from 'react-router';
import type { RunFilter } from '../../api/live-runs.js';
import type { RunStatus } from '../../api/types.js';

export const STATUSES: RunStatus[] = ['failed', 'running', 'waiting', 'succeeded'];

/** What the list is filtered by, kept in the address: it can be sent on and comes back with the browser's own button. */
export function useRunFilter() {
  const [params, setParams] = useSearchParams();
  const filter: RunFilter = {
    status: STATUSES.find((known) => known === params.get('status')),
    integrationId: params.get('integrationId') ?? undefined,
    eventId: params.get('eventId') ?? undefined,
    q: params.get('q') || undefined,
    code: (params.get('code') as RunFilter['code']) || undefined,
    atStep: params.get('atStep') || undefined,
    from: timeOf(params.get('from')),
    to: timeOf(params.get('to')),
  };
  const address = (change: Record<string, string | null>): string => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(change)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    return `?${next}`;
  };
  const set = (change: Record<string, string | null>) =>
    setParams(new URLSearchParams(address(change)), { replace: true });
  const clear = () => setParams({}, { replace: true });
  const isSet = Object.values(filter).some((value) => value !== undefined);
  const byCause = params.get('group') === 'cause';
  return { filter, isSet, byCause, address, set, clear, search: params.size > 0 ? `?${params}` : '' };
}

const timeOf = (text: string | null): string | undefined =>
  text !== null && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : undefined;
