import type { ReactNode } from 'react';
import classes from './notice.module.css';

interface NoticeProps {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** Read out at once: for what went wrong, not for what is simply empty. */
  alert?: boolean;
  /** The title of the whole page, where there is no other. */
  heading?: 'h1' | 'h2';
}

/** Stands where a list or a page would be: empty, nothing found, or failed, always with the next move. */
export function Notice({ icon, title, children, actions, alert, heading: Heading = 'h2' }: NoticeProps) {
  return (
    <div className={classes.notice} role={alert ? 'alert' : undefined}>
      <span className={alert ? `${classes.icon} ${classes.bad}` : classes.icon} aria-hidden>
        {icon}
      </span>
      <Heading>{title}</Heading>
      {children && <div className={classes.text}>{children}</div>}
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
