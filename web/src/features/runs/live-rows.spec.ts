import type { RunItem, RunStatus } from '../../api/types.js';
import { liveRows } from './live-rows.js';

const run = (id: string, status: RunStatus = 'succeeded') => ({ id, status }) as RunItem;
const ids = (rows: RunItem[]) => rows.map((row) => `${row.id}:${row.status}`);

describe('a live list of runs', () => {
  it('shows what it opened with until more is known', () => {
    expect(liveRows([run('3'), run('2')], undefined, [])).toEqual({ rows: [run('3'), run('2')], arrived: 0 });
  });

  it('changes a running row in its place and holds new ones back', () => {
    const newest = { rows: [run('5', 'queued'), run('4', 'running'), run('3', 'succeeded'), run('2')], more: true };
    const live = liveRows([run('3', 'running'), run('2'), run('1')], newest, []);
    expect(ids(live.rows)).toEqual(['3:succeeded', '2:succeeded', '1:succeeded']);
    expect(live.arrived).toBe(2);
  });

  it('takes a row away when it left the status that is asked for', () => {
    const newest = { rows: [run('2', 'running')], more: false };
    const live = liveRows([run('3', 'running'), run('2', 'running')], newest, [], 'running');
    expect(ids(live.rows)).toEqual(['2:running']);
  });

  it('keeps rows older than the newest page, and follows those that have not ended', () => {
    const newest = { rows: [run('9'), run('8')], more: true };
    const live = liveRows([run('3', 'running'), run('2')], newest, [run('3', 'failed')]);
    expect(ids(live.rows)).toEqual(['3:failed', '2:succeeded']);
    expect(live.arrived).toBe(2);
    expect(liveRows([run('3', 'running')], newest, [run('3', 'failed')], 'running').rows).toEqual([]);
  });

  it('counts every run as new for a list that opened empty', () => {
    expect(liveRows([], { rows: [run('1')], more: false }, [])).toEqual({ rows: [], arrived: 1 });
  });
});
