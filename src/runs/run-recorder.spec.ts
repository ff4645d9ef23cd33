import type { Database } from '../platform/database/database.js';
import { silentLogger } from '../platform/logging/logger.js';
import type { ClaimedRun } from './claimed-run.js';
import { RunRecorder } from './run-recorder.js';

describe('a recorder that was closed', () => {
  it('writes neither the end of a call that was cut off nor the beginning of another', async () => {
    const database = { hot: { query: () => Promise.reject(new Error('Nothing may be written.')) } };
    const recorder = new RunRecorder(database as unknown as Database, silentLogger);
    const run = { id: '01a20223-e04f-71ca-b4d8-75be2b9c2c9d', fence: 1 } as ClaimedRun;
    recorder.close();
    const error = { code: 'canceled', message: 'The program is stopping.' } as const;
    expect(await recorder.advance(run, null, { kind: 'end', status: 'failed', error })).toBe(false);
    expect(await recorder.begin(run, { step: 'one', number: 2, id: run.id, request: null })).toBe(false);
  });
});

it('believes only the newer of two owners that write at once', async () => {
  const batches: number[] = [];
  /** As the database does: what was written under fence 3, by the id of its run. */
  const query = ({ values }: { values: string[] }) => {
    const [ids, fences] = values.slice(0, 2).map((literal) => literal.slice(1, -1).split(','));
    batches.push(ids.length);
    const done = ids.filter((_, index) => fences[index] === '3');
    return Promise.resolve({ rows: [{ done: done.length, ids: done }] });
  };
  const recorder = new RunRecorder({ hot: { query } } as unknown as Database, silentLogger);
  const advance = (id: string, fence: number) =>
    recorder.advance({ id, fence } as ClaimedRun, null, { kind: 'hand-back' });
  const written = [advance('x', 3), advance('y', 3), advance('r', 1), advance('r', 3)];
  expect(await Promise.all(written)).toEqual([true, true, false, true]);
  expect(Math.max(...batches)).toBeGreaterThan(1);
});
