import { Link } from 'react-router';
import { formatCount } from './bytes.js';
import classes from './tabs.module.css';

export interface Tab {
  label: string;
  to: string;
  current: boolean;
  /** How many are behind it, where that is known. */
  count?: number;
  /** Its count asks for somebody. */
  alarming?: boolean;
}

/** Views of one list. They are links: the choice lives in the address, can be opened in another tab and be sent on. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <nav aria-label={label} className={classes.tabs}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.label}>
            <Link to={tab.to} replace aria-current={tab.current ? 'true' : undefined} className={classes.tab}>
              {tab.label}{' '}
              {tab.count !== undefined && (
                <span className={classes.count} data-alarming={(tab.alarming && tab.count > 0) || undefined}>
                  {formatCount(tab.count)}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
