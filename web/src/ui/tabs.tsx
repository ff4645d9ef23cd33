import { Link } from 'react-router';
import classes from './tabs.module.css';

export interface Tab {
  label: string;
  to: string;
  current: boolean;
}

/** Views of one list. They are links: the choice lives in the address, can be opened in another tab and be sent on. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <nav aria-label={label} className={classes.tabs}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.label}>
            <Link to={tab.to} replace aria-current={tab.current ? 'true' : undefined} className={classes.tab}>
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
