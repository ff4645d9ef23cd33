import type { Run, RunStep } from '../../api/types.js';
import { EVENT, selectionOf, stepBy, tryBy } from './selection.js';

const step = (key: string, status: RunStep['status'], tries: number) =>
  ({ key, status, attempts: Array.from({ length: tries }, (_, index) => ({ number: index + 1 })) }) as RunStep;
const run = (...steps: RunStep[]) => ({ steps }) as Run;
const failed = run(step('a', 'succeeded', 1), step('b', 'failed', 3), step('c', 'skipped', 0));

describe('what the page of a run shows', () => {
  it('opens on the step that failed, with its last try', () =>
    expect(selectionOf(failed, null, null)).toEqual({ step: 'b', attempt: 3 }));

  it('opens on the step that goes on, then on the last that was reached', () => {
    expect(selectionOf(run(step('a', 'succeeded', 1), step('b', 'waiting', 2)), null, null).step).toBe('b');
    expect(selectionOf(run(step('a', 'succeeded', 1), step('b', 'succeeded', 2)), null, null).step).toBe('b');
    expect(selectionOf(run(step('a', 'pending', 0)), null, null)).toEqual({ step: 'a', attempt: null });
  });

  it('shows the event of a run without steps', () =>
    expect(selectionOf(run(), null, null)).toEqual({ step: EVENT, attempt: null }));

  it('keeps what was chosen, and falls back where that does not exist', () => {
    expect(selectionOf(failed, 'b', '2')).toEqual({ step: 'b', attempt: 2 });
    expect(selectionOf(failed, 'b', '9')).toEqual({ step: 'b', attempt: 3 });
    expect(selectionOf(failed, 'gone', '1')).toEqual({ step: 'b', attempt: 1 });
  });

  it('walks over the steps and over the tries, and stops at the ends', () => {
    expect(stepBy(failed, { step: 'a', attempt: 1 }, -1).step).toBe(EVENT);
    expect(stepBy(failed, { step: EVENT, attempt: null }, -1).step).toBe(EVENT);
    expect(stepBy(failed, { step: 'c', attempt: null }, 1).step).toBe('c');
    expect(tryBy(failed, { step: 'b', attempt: 3 }, -1).attempt).toBe(2);
    expect(tryBy(failed, { step: 'b', attempt: 3 }, 1).attempt).toBe(3);
    expect(tryBy(failed, { step: 'c', attempt: null }, 1)).toEqual({ step: 'c', attempt: null });
  });
});
