import type { ReactNode } from 'react';
import classes from './page.module.css';

interface PageProps {
  title: string;
  purpose: string;
  /** Right of the title. */
  aside?: ReactNode;
  children: ReactNode;
}

/** The frame of every list page: what it is, in one line what for, then the list. */
export function Page({ title, purpose, aside, children }: PageProps) {
  return (
    <div className={classes.page}>
      <title>{`${title} · Hookline`}</title>
      <header className={classes.head}>
        <div>
          <h1>{title}</h1>
          <p>{purpose}</p>
        </div>
        {aside}
      </header>
      {children}
    </div>
  );
}
