import { NavLink } from 'react-router';
import {
  IconActivity,
  IconArrowBackUpDouble,
  IconBellRinging,
  IconBolt,
  IconBook2,
  IconLayoutDashboard,
  IconPlug,
  IconRoute,
  IconSend,
} from '../ui/icons.js';
import classes from './nav.module.css';

interface NavGroup {
  /** The first one needs none. */
  title?: string;
  entries: { to: string; text: string; Icon: typeof IconRoute; key?: string }[];
}

/** `key` goes there after G. */
export const GROUPS: NavGroup[] = [
  { entries: [{ to: '/', text: 'Overview', Icon: IconLayoutDashboard, key: 'O' }] },
  {
    title: 'Build',
    entries: [
      { to: '/integrations', text: 'Integrations', Icon: IconRoute, key: 'I' },
      { to: '/connections', text: 'Connections', Icon: IconPlug, key: 'C' },
    ],
  },
  {
    title: 'Monitor',
    entries: [
      { to: '/runs', text: 'Runs', Icon: IconActivity, key: 'R' },
      { to: '/events', text: 'Events', Icon: IconBolt, key: 'E' },
      { to: '/jobs', text: 'Webhook jobs', Icon: IconSend, key: 'J' },
    ],
  },
  {
    title: 'Webhooks',
    entries: [
      { to: '/subscriptions', text: 'Subscriptions', Icon: IconBellRinging },
      { to: '/callbacks', text: 'Instance callbacks', Icon: IconArrowBackUpDouble },
      { to: '/catalog', text: 'Event catalog', Icon: IconBook2 },
    ],
  },
];

export function Nav({ onGo }: { onGo?: () => void }) {
  return (
    <nav aria-label="Main" className={classes.nav}>
      {GROUPS.map((group) => (
        <div key={group.title ?? ''} className={classes.group}>
          {group.title && <h2>{group.title}</h2>}
          <ul>
            {group.entries.map(({ to, text, Icon }) => (
              <li key={to}>
                <NavLink to={to} end={to === '/'} onClick={onGo} className={classes.entry} title={text}>
                  <Icon size={16} stroke={1.7} aria-hidden />
                  <span>{text}</span>
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
