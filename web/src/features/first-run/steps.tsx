import type { ReactNode } from 'react';
import { IconCheck } from '../../ui/icons.js';
import classes from './first-run.module.css';

export interface GuideStep {
  title: string;
  text: string;
  done: boolean;
  /** What there is to do, or what came of it. */
  body?: ReactNode;
}

/** The first that is not done is the one to do now. */
export function Steps({ steps }: { steps: GuideStep[] }) {
  const now = steps.findIndex(({ done }) => !done);
  return (
    <ol className={classes.steps}>
      {steps.map(({ title, text, done, body }, at) => (
        <li
          key={title}
          data-state={done ? 'done' : at === now ? 'now' : 'later'}
          aria-current={at === now ? 'step' : undefined}
        >
          <span className={classes.mark} aria-hidden>
            {done ? <IconCheck size={15} stroke={2.4} /> : at + 1}
          </span>
          <div className={classes.step}>
            <h2>
              <span className="sr-only">{done ? 'Done: ' : at === now ? 'To do now: ' : ''}</span>
              {title}
            </h2>
            <p>{text}</p>
            {body && <div className={classes.body}>{body}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
