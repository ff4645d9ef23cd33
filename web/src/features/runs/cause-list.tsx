import { useRef } from 'react';
import { Link } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { useFailureCauses } from '../../api/failure-causes.js';
import type { RunFilter } from '../../api/live-runs.js';
import type { FailureCause } from '../../api/types.js';
import { formatCount } from '../../ui/bytes.js';
import { Chip } from '../../ui/chip.js';
import { IconCircleCheckFilled } from '../../ui/icons.js';
import { List } from '../../ui/list.js';
import { Notice } from '../../ui/notice.js';
import { useRowKeys } from '../../ui/rows.js';
import { Ago } from '../../ui/time-text.js';
import list from '../../ui/list.module.css';
import { causeTitle } from './cause-title.js';

const KEYS: [string, string][] = [
  ['J K', 'move'],
  ['Enter', 'its runs'],
];

/** Failures folded by integration, step and code: who opens thirteen runs one by one to see that they share a cause? */
export function CauseList({ filter: { integrationId, from, to } }: { filter: RunFilter }) {
  const query = useFailureCauses({ integrationId, from, to });
  const rows = query.data?.pages.flatMap((page) => page.data) ?? [];
  const isOfTime = from !== undefined || to !== undefined;
  return (
    <List
      what="The causes"
      noun={isOfTime ? ['cause', 'causes'] : ['cause in the last seven days', 'causes in the last seven days']}
      shown={rows.length}
      query={query}
      reason={query.error && reasonOf(query.error)}
      columns={4}
      keys={KEYS}
      empty={
        <Notice icon={<IconCircleCheckFilled size={20} />} title="No failed runs">
          {isOfTime ? 'Nothing failed in this time.' : 'Nothing failed in the last seven days.'}
        </Notice>
      }
    >
      <CauseTable rows={rows} />
    </List>
  );
}

function CauseTable({ rows }: { rows: FailureCause[] }) {
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys(body);
  return (
    <table className={`${list.table} ${list.dense}`}>
      <caption className="sr-only">Why runs failed, the most frequent cause first</caption>
      <thead>
        <tr>
          <th scope="col">Runs</th>
          <th scope="col">Cause</th>
          <th scope="col" className={list.mediumUp}>
            Integration
          </th>
          <th scope="col" className={`${list.right} ${list.wideOnly}`}>
            First
          </th>
          <th scope="col" className={`${list.right} ${list.mediumUp}`}>
            Last
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((cause) => (
          <CauseRow key={`${cause.integrationId} ${cause.atStep?.key} ${cause.code} ${cause.status}`} cause={cause} />
        ))}
      </tbody>
    </table>
  );
}

function CauseRow({ cause }: { cause: FailureCause }) {
  const { integrationId, integrationName, atStep, code, runs, message, firstAt, lastAt } = cause;
  const search = new URLSearchParams({ status: 'failed', integrationId, code, ...(atStep && { atStep: atStep.key }) });
  const name = integrationName ?? 'Deleted integration';
  return (
    <tr>
      <td>
        <Chip tone="er">{formatCount(runs)}</Chip>
      </td>
      <td className={list.main}>
        <div className={list.name}>
          <Link to={`/runs?${search}`} data-row-link className="foreign">
            {causeTitle(cause)}
          </Link>
        </div>
        <p className={`${list.sub} foreign`} title={message}>
          {message}
        </p>
        <p className={`${list.sub} ${list.narrowOnly}`}>
          <span className="foreign">{name}</span> · <Ago at={lastAt} />
        </p>
      </td>
      <td className={`${list.soft} ${list.mediumUp} foreign`}>{name}</td>
      <td className={`${list.right} ${list.soft} ${list.wideOnly}`}>
        <Ago at={firstAt} />
      </td>
      <td className={`${list.right} ${list.soft} ${list.mediumUp}`}>
        <Ago at={lastAt} />
      </td>
    </tr>
  );
}
