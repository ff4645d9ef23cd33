import type { RunStats } from '../../api/types.js';
import { formatCount } from '../../ui/bytes.js';
import { formatDuration } from '../../ui/time.js';
import { Card, type Loaded } from './card.js';
import { percentText } from './totals.js';
import classes from './overview.module.css';

const SHOWN = 5;
/** Below it the share is no longer noise. */
const FINE_PERCENT = 95;

/** Where the calls went, most of them first. */
export function BusiestHosts({ stats, ...loaded }: Loaded & { stats: RunStats | undefined }) {
  const hosts = stats?.hosts.slice(0, SHOWN) ?? [];
  const most = hosts[0]?.calls ?? 1;
  return (
    <Card {...loaded} title="Busiest endpoints" aside={<span aria-hidden>calls, success, p95</span>}>
      {stats && hosts.length === 0 && <p className={classes.none}>No calls in this range</p>}
      {hosts.length > 0 && (
        <table className={classes.hosts}>
          <caption className="sr-only">Hosts that were called, most calls first</caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">Host</th>
              <th scope="col">Calls</th>
              <th scope="col">Success</th>
              <th scope="col">p95</th>
            </tr>
          </thead>
          <tbody>
            {hosts.map(({ host, calls, succeeded, p95Ms }) => {
              const percent = (succeeded / calls) * 100;
              return (
                <tr key={host}>
                  <th scope="row" className="mono foreign">
                    {host}
                    <svg className={classes.share} height="3" width="100%" aria-hidden>
                      <rect width="100%" height="3" rx="1.5" />
                      <rect width={`${(calls / most) * 100}%`} height="3" rx="1.5" />
                    </svg>
                  </th>
                  <td>
                    <b>{formatCount(calls)}</b>
                  </td>
                  <td className={percent < FINE_PERCENT ? classes.bad : undefined}>{percentText(percent)}</td>
                  <td>{p95Ms === null ? '—' : formatDuration(p95Ms)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Card>
  );
}
