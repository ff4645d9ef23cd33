import type { ReactNode } from 'react';
import { Chip } from './chip.js';
import classes from './callout.module.css';

interface CalloutProps {
  tone: 'er' | 'wa' | 'in';
  icon: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  /** A stable code, for who looks it up. */
  code?: string;
  actions?: ReactNode;
  role?: 'alert' | 'status';
}

/** What happened, why if it is known, and what to do. */
export function Callout({ tone, icon, title, children, code, actions, role }: CalloutProps) {
  return (
    <div className={classes.callout} data-tone={tone} role={role}>
      {icon}
      <div>
        <h3 className="foreign">{title}</h3>
        {children}
        {code && (
          <p className={classes.code}>
            <Chip tone={tone}>{code}</Chip>
          </p>
        )}
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
    </div>
  );
}
