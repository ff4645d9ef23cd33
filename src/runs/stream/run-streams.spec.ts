import { jest } from '@jest/globals';
import type { RunItem } from '../run-view.js';
import { RunStreams } from './run-streams.js';
import type { RunWatch, Watched } from './run-watch.js';

/** A watch that tells what a test says. */
class Watch {
  readonly watchers = new Set<(watched: Watched) => void>();
  watch(watcher: (watched: Watched) => void): Promise<() => void> {
    this.watchers.add(watcher);
    return Promise.resolve(() => void this.watchers.delete(watcher));
  }
  tell(subject: string): void {
    const run = { id: 'run_1', status: 'queued', eventSubject: subject } as RunItem;
    for (const watcher of this.watchers) watcher({ kind: 'changes', changes: [{ run, before: null }], more: false });
  }
}

describe('a stream of runs', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] }));
  afterEach(() => jest.useRealTimers());
  const opened = async (stillMay = () => Promise.resolve(true)) => {
    const watch = new Watch();
    const stream = await new RunStreams(watch as unknown as RunWatch).open({}, stillMay);
    return { watch, stream };
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('lets go of a reader that takes nothing', async () => {
    const { watch, stream } = await opened();
    for (let mebibytes = 0; mebibytes < 3; mebibytes++) {
      watch.tell('x'.repeat(1024 * 1024));
      await settled();
    }
    expect([stream.destroyed, watch.watchers.size]).toEqual([true, 0]);
  });

  it('lets go of one that may read no more and takes nothing', async () => {
    const { watch, stream } = await opened(() => Promise.resolve(false));
    watch.tell('anything');
    await settled();
    await jest.advanceTimersByTimeAsync(15_000);
    await settled();
    expect([stream.destroyed, watch.watchers.size]).toEqual([true, 0]);
  });
});
