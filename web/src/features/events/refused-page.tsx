import { useRef } from 'react';
import { Link } from 'react-router';
import { reasonOf } from '../../api/api-error.js';
import { useRefusedDeliveries } from '../../api/deliveries.js';
import type { DeliveryItem } from '../../api/types.js';
import { IconShieldCheck } from '../../ui/icons.js';
import { List } from '../../ui/list.js';
import { MethodTag } from '../../ui/method-icon.js';
import { Notice } from '../../ui/notice.js';
import { Page } from '../../ui/page.js';
import { useOpenRow, useRowKeys, type OpenRow } from '../../ui/rows.js';
import { WithSidePanel } from '../../ui/side-panel.js';
import { Ago } from '../../ui/time-text.js';
import { EventTabs } from './event-tabs.js';
import { RefusedPanel } from './refused-panel.js';
import { refusalText } from './refusals.js';
import list from '../../ui/list.module.css';

const KEYS: [string, string][] = [
  ['J K', 'move'],
  ['Enter', 'open'],
];
const REFUSED = '/events/refused';

export function RefusedPage() {
  const query = useRefusedDeliveries();
  const rows = query.data?.pages.flatMap((page) => page.data) ?? [];
  const open = useOpenRow(REFUSED, rows);
  return (
    <WithSidePanel panel={open && <RefusedPanel key={open.id} {...open} />}>
      <Page title="Events" purpose="What was sent to a hook URL and did not come in, and why.">
        <EventTabs current="refused" />
        <List
          what="What was refused"
          noun={['delivery', 'deliveries']}
          shown={rows.length}
          query={query}
          reason={query.error && reasonOf(query.error)}
          columns={4}
          keys={KEYS}
          empty={
            <Notice icon={<IconShieldCheck size={20} stroke={1.7} />} title="Nothing was refused">
              A call to a hook URL whose signature is wrong, missing, too old or used before is listed here.
            </Notice>
          }
        >
          <RefusedTable rows={rows} open={open} />
        </List>
      </Page>
    </WithSidePanel>
  );
}

function RefusedTable({ rows, open }: { rows: DeliveryItem[]; open: OpenRow | undefined }) {
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys(body, open);
  return (
    <table className={`${list.table} ${list.dense}`}>
      <caption className="sr-only">Refused deliveries, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Last came</th>
          <th scope="col">Hook URL of</th>
          <th scope="col" className={list.mediumUp}>
            Method
          </th>
          <th scope="col" className={list.right}>
            Times
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map(({ id, integrationName, reason, method, times, lastAt }) => (
          <tr key={id}>
            <td className={list.soft}>
              <Ago at={lastAt} />
            </td>
            <td className={list.main}>
              <div className={list.name}>
                <Link
                  to={`${REFUSED}/${id}`}
                  data-row-link
                  preventScrollReset
                  className="foreign"
                  aria-current={id === open?.id ? 'true' : undefined}
                >
                  {integrationName}
                </Link>
              </div>
              <p className={list.sub}>{refusalText(reason)}</p>
            </td>
            <td className={list.mediumUp}>
              <MethodTag method={method} />
            </td>
            <td className={`${list.right} ${list.soft} nums`}>{times}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
