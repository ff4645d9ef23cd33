import { readConfig } from '../config/config.js';
import { silentLogger } from '../logging/logger.js';
import { Dispatcher, type CallPlaces, type Work, type WorkSource } from './dispatcher.js';

/** A database in memory: due work by lane. */
class Shelf implements WorkSource<Work> {
  readonly pulls: { lane: number; room: number }[][] = [];
  readonly handedBack: string[] = [];
  constructor(readonly due: Work[] = []) {}

  pull(wants: { lane: number; room: number }[]): Promise<Work[]> {
    this.pulls.push(wants);
    const taken = wants.flatMap(({ lane, room }) => this.due.filter((work) => work.lane === lane).slice(0, room));
    for (const work of taken) this.due.splice(this.due.indexOf(work), 1);
    return Promise.resolve(taken);
  }
  claim(ids: string[]): Promise<Work[]> {
    const taken = this.due.filter((work) => ids.includes(work.id));
    for (const work of taken) this.due.splice(this.due.indexOf(work), 1);
    return Promise.resolve(taken);
  }
  dueLanes(): Promise<number[]> {
    return Promise.resolve([...new Set(this.due.map((work) => work.lane))]);
  }
  handBack(work: Work[]): Promise<void> {
    this.handedBack.push(...work.map(({ id }) => id));
    return Promise.resolve();
  }
}

const work = (id: string, lane = 1): Work => ({ id, lane, bytes: 10 });
const started = (shelf: Shelf, handler?: (work: Work, places: CallPlaces) => Promise<void>) => {
  const done: string[] = [];
  const dispatcher = new Dispatcher<Work>(readConfig({}), silentLogger);
  dispatcher.start(
    shelf,
    handler ??
      ((item) => {
        done.push(item.id);
        return Promise.resolve();
      }),
  );
  return { dispatcher, done };
};

describe('Dispatcher', () => {
  it('runs what was accepted here from memory, without asking the database', async () => {
    const shelf = new Shelf();
    const { dispatcher, done } = started(shelf);
    expect(dispatcher.reserve(1, 10)).toBe(true);
    dispatcher.offer(work('a'));
    await dispatcher.idle();
    expect(done).toEqual(['a']);
    expect(shelf.pulls).toEqual([]);
    expect(dispatcher.load).toEqual({ runs: 0, calls: 0 });
  });

  it('takes everything that is due at a tick, however much there is', async () => {
    const shelf = new Shelf(Array.from({ length: 2_000 }, (_, index) => work(`w${index}`, index % 3)));
    const { dispatcher, done } = started(shelf);
    await dispatcher.tick();
    while (shelf.due.length > 0) {
      await dispatcher.idle();
      await dispatcher.tick();
    }
    await dispatcher.idle();
    expect(new Set(done).size).toBe(2_000);
  });

  it('takes what a wake-up names', async () => {
    const shelf = new Shelf([work('a'), work('b', 2)]);
    const { dispatcher, done } = started(shelf);
    await dispatcher.wake(['a', 'b'], [1, 2]);
    await dispatcher.idle();
    expect(done.sort()).toEqual(['a', 'b']);
  });

  it('leaves a failed pull to the next tick', async () => {
    const shelf = new Shelf([work('a')]);
    const { dispatcher, done } = started(shelf);
    const pull = shelf.pull.bind(shelf);
    shelf.pull = () => Promise.reject(new Error('away'));
    await dispatcher.tick();
    shelf.pull = pull;
    await dispatcher.tick();
    await dispatcher.idle();
    expect(done).toEqual(['a']);
  });

  it('goes on after a handler that throws', async () => {
    const shelf = new Shelf();
    const { dispatcher } = started(shelf, () => Promise.reject(new Error('bug')));
    dispatcher.reserve(1, 10);
    dispatcher.offer(work('a'));
    await dispatcher.idle();
    expect(dispatcher.load.runs).toBe(0);
  });

  it('takes nothing new once it stops, waits for what is under way, and says what was left', async () => {
    const shelf = new Shelf([work('late')]);
    let end: () => void = () => undefined;
    const { dispatcher } = started(shelf, () => new Promise((resolve) => (end = resolve)));
    dispatcher.reserve(1, 10);
    dispatcher.offer(work('a'));
    expect(await dispatcher.stop(10)).toBe(1);
    expect(dispatcher.reserve(1, 10)).toBe(false);
    await dispatcher.tick();
    expect(shelf.pulls).toEqual([]);
    end();
    expect(await dispatcher.stop(1_000)).toBe(0);
  });

  it('lets those who wait for a call hand their run back when it stops', async () => {
    const shelf = new Shelf();
    const seen: boolean[] = [];
    const releases: (() => void)[] = [];
    const { dispatcher } = started(shelf, async (_work, places) => {
      const release = await places.take();
      if (places.stopping) seen.push(true);
      else await new Promise<void>((resolve) => releases.push(resolve));
      release();
    });
    for (let i = 0; i < 70; i++) {
      dispatcher.reserve(1, 10);
      dispatcher.offer(work(`w${i}`));
    }
    await new Promise((resolve) => setImmediate(resolve));
    const stopped = dispatcher.stop(1_000);
    for (const release of releases) release();
    expect(await stopped).toBe(0);
    expect(seen).toHaveLength(6); // 64 calls were out
  });
});
