import classes from './mark.module.css';

/** The name of the program with its sign. */
export function Mark() {
  return (
    <span className={classes.mark}>
      <svg viewBox="0 0 24 24" width="24" height="24" fill="none" aria-hidden>
        <rect width="24" height="24" rx="6" className={classes.ground} />
        <g className={classes.line} strokeWidth="1.9" strokeLinecap="round">
          <path d="M7.5 7v6.5a3 3 0 0 0 3 3H11a3 3 0 0 0 3-3v-3a3 3 0 0 1 2.4-2.9" />
          <circle cx="7.5" cy="6.4" r="1" />
          <circle cx="17.3" cy="7.2" r="1" />
        </g>
      </svg>
      <span className={classes.word}>Hookline</span>
    </span>
  );
}
