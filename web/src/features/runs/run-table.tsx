import { useRef } from 'react';
import type { RunItem } from '../../api/types.js';
import { useRowKeys } from '../../ui/rows.js';
import { amongState } from './among.js';
import { RunRow } from './run-row.js';
import list from '../../ui/list.module.css';

/** `search` is the list's own filter, which a run that is opened from it remembers. */
export function RunTable({ rows, search }: { rows: RunItem[]; search: string }) {
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys(body);
  const state = amongState(
    rows.map(({ id }) => id),
    search,
  );
  return (
    <table className={`${list.table} ${list.dense}`}>
      <caption className="sr-only">Runs, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">Integration</th>
          <th scope="col" className={list.fullOnly}>
            Event
          </th>
          <th scope="col" className={`${list.right} ${list.mediumUp}`}>
            Run
          </th>
          <th scope="col" className={`${list.right} ${list.fullOnly}`}>
            Version
          </th>
          <th scope="col" className={`${list.right} ${list.mediumUp}`}>
            Took
          </th>
          <th scope="col" className={`${list.right} ${list.mediumUp}`}>
            Started
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((run) => (
          <RunRow key={run.id} run={run} state={state} />
        ))}
      </tbody>
    </table>
  );
}
