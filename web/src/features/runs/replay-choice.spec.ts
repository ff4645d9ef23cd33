import type { Run } from '../../api/types.js';
import { failedStep, sentBefore, startsFor, stepsToRun } from './replay-choice.js';

const attempt = { request: { url: 'http://a' }, error: null };
const error = { code: 'http_5xx', message: '503' };
const run = {
  status: 'failed',
  error,
  steps: [
    { key: 'a', status: 'succeeded', takenOver: true, attempts: [] },
    { key: 'b', status: 'failed', takenOver: false, attempts: [attempt], error: { code: 'http_4xx', message: '404' } },
    { key: 'c', status: 'failed', takenOver: false, attempts: [attempt], error },
    { key: 'd', status: 'skipped', takenOver: false, attempts: [] },
  ],
} as unknown as Run;
const planned = ['a', 'new', 'b', 'c', 'd'].map((key) => ({ key, name: key, action: 'post' }));
const keys = (steps: { key: string }[]) => steps.map(({ key }) => key);

describe('the choice of a replay', () => {
  it('goes on at the step whose error ended the run, not at one that was passed over', () => {
    expect(failedStep(run)?.key).toBe('c');
    expect(failedStep({ ...run, status: 'succeeded' })).toBeUndefined();
  });

  it('starts only where the run got to', () => {
    expect(keys(startsFor(run, planned))).toEqual(['a', 'b', 'c']);
  });

  it('runs what has no result to take over as well', () => {
    expect(keys(stepsToRun(run, planned, 'c'))).toEqual(['new', 'c', 'd']);
    expect(stepsToRun(run, planned, 'start')).toHaveLength(5);
  });

  it('knows whose receivers hear from it again', () => {
    expect([...sentBefore(run, stepsToRun(run, planned, 'c'))]).toEqual(['c']);
    expect([...sentBefore(run, planned)]).toEqual(['a', 'b', 'c']);
  });
});
