import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
  IconLoader2,
} from '../../../ui/icons.js';
import type { TestState } from '../draft/draft-store.js';
import classes from './canvas.module.css';

const WORDS: Record<TestState, string> = {
  testing: 'being tested',
  tested: 'tested',
  failed: 'test failed',
  untested: 'not tested',
};

/** The mark in words, for who cannot see it. */
export const markWords = (state: TestState, faults: number): string =>
  faults === 0 ? WORDS[state] : `${faults} ${faults === 1 ? 'thing' : 'things'} to fix`;

/** How the last test went, or that something has to be put right first: by shape, then by colour. */
export function TestMark({ state, faults }: { state: TestState; faults: number }) {
  if (faults > 0) return <IconAlertTriangleFilled size={16} className={classes.fault} aria-hidden />;
  if (state === 'testing') return <IconLoader2 size={16} className={classes.testing} aria-hidden />;
  if (state === 'tested') return <IconCircleCheckFilled size={16} className={classes.tested} aria-hidden />;
  if (state === 'failed') return <IconCircleXFilled size={16} className={classes.failed} aria-hidden />;
  return <IconCircleDashed size={16} stroke={1.7} className={classes.untested} aria-hidden />;
}
