import { MAX_FRESH, rowsOf, settle, takeIn, type RunList } from './run-list.js';
import type { RunItem, RunStatus } from './types.js';

const run = (id: string, status: RunStatus = 'succeeded') => ({ id, status }) as RunItem;
const list = (pages: RunItem[][], more = false): RunList => ({
  pages: {
    pages: pages.map((data, index) => ({ data, nextCursor: more || index < pages.length - 1 ? 'more' : null })),
    pageParams: pages.map(() => undefined),
  },
  fresh: [],
  overflow: false,
});
const shown = ({ pages }: RunList) => rowsOf(pages).map(({ id, status }) => `${id} ${status}`);
const ids = (runs: RunItem[]) => runs.map(({ id }) => id);
const any = () => true;
const failed = ({ status }: RunItem) => status === 'failed';

describe('a list of runs that is kept up to date', () => {
  it('changes a row in its place and holds new ones back', () => {
    const told = takeIn(list([[run('3', 'running'), run('2')], [run('1', 'waiting')]]), [run('4'), run('3')], any);
    expect(shown(told)).toEqual(['3 succeeded', '2 succeeded', '1 waiting']);
    expect(ids(told.fresh)).toEqual(['4']);
    expect(ids(takeIn(told, [run('5'), run('4', 'failed')], any).fresh)).toEqual(['5', '4']);
  });

  it('shows what waited in its place, each run once', () => {
    const told = takeIn(
      list([[run('5', 'failed'), run('3', 'failed')]]),
      [run('4', 'failed'), run('6', 'failed')],
      any,
    );
    expect(shown(settle(told, failed))).toEqual(['6 failed', '5 failed', '4 failed', '3 failed']);
    const twice = { ...told, fresh: [run('5', 'failed')] };
    expect(shown(settle(twice, failed))).toEqual(['5 failed', '3 failed']);
  });

  it('lets a row go that no longer fits, but not before the list may move', () => {
    const told = takeIn(list([[run('3', 'failed'), run('2', 'failed')]]), [run('1', 'queued')], failed);
    const left = takeIn({ ...told, pages: list([[run('3', 'running')]]).pages }, [run('3')], failed);
    expect(shown(left)).toEqual(['3 succeeded']);
    expect(shown(settle(left, failed))).toEqual([]);
  });

  it('forgets one that waits and no longer fits', () => {
    const told = takeIn(list([[]]), [run('3', 'failed')], failed);
    expect(ids(told.fresh)).toEqual(['3']);
    expect(takeIn(told, [run('3', 'queued')], failed).fresh).toEqual([]);
  });

  it('leaves runs older than its pages to the pages that are not read yet', () => {
    expect(takeIn(list([[run('3')]], true), [run('1'), run('2')], any).fresh).toEqual([]);
    expect(ids(takeIn(list([[run('3')]]), [run('1'), run('2')], any).fresh)).toEqual(['2', '1']);
  });

  it('never makes a run begin again that is over', () => {
    expect(shown(takeIn(list([[run('3', 'failed')]]), [run('3', 'running')], any))).toEqual(['3 failed']);
  });

  it('holds no more than it may, and says so', () => {
    const many = Array.from({ length: MAX_FRESH + 1 }, (_, index) => run(String(100 + index)));
    const told = takeIn(list([[]]), many, any);
    expect([told.fresh.length, told.overflow]).toEqual([MAX_FRESH, true]);
    expect(told.fresh[0].id).toBe('150');
  });
});
