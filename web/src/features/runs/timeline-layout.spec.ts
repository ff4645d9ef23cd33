import type { Attempt, RunStep } from '../../api/types.js';
import { layoutTimeline } from './timeline-layout.js';

const t = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 12, 0, 0) + seconds * 1_000).toISOString();
const now = Date.parse(t(100));
const attempt = (status: Attempt['status'], from: number, seconds: number | null, next: string | null = null) =>
  ({
    status,
    startedAt: t(from),
    durationMs: seconds === null ? null : seconds * 1_000,
    nextAttemptAt: next,
  }) as Attempt;
const step = (key: string, ...attempts: Attempt[]) => ({ key, attempts }) as RunStep;

describe('the time bars of a run', () => {
  it('place each try where it was, with the waiting between them', () => {
    const run = {
      createdAt: t(0),
      finishedAt: t(100),
      steps: [
        step('a', attempt('succeeded', 0, 10)),
        step('b', attempt('failed', 10, 10), attempt('succeeded', 50, 50)),
      ],
    };
    expect(layoutTimeline(run, now)).toEqual({
      totalMs: 100_000,
      rows: [
        { key: 'a', durationMs: 10_000, segments: [{ kind: 'succeeded', left: 0, width: 10 }] },
        {
          key: 'b',
          durationMs: 90_000,
          segments: [
            { kind: 'waiting', left: 20, width: 30 },
            { kind: 'failed', left: 10, width: 10 },
            { kind: 'succeeded', left: 50, width: 50 },
          ],
        },
      ],
    });
  });

  it('let a call in flight and a wait for the next try reach to this moment', () => {
    const flying = layoutTimeline(
      { createdAt: t(0), finishedAt: null, steps: [step('a', attempt('started', 50, null))] },
      now,
    );
    expect(flying.rows[0]).toEqual({
      key: 'a',
      durationMs: 50_000,
      segments: [{ kind: 'running', left: 50, width: 50 }],
    });
    const waiting = layoutTimeline(
      { createdAt: t(0), finishedAt: null, steps: [step('a', attempt('failed', 0, 20, t(200)))] },
      now,
    );
    expect(waiting.rows[0].segments).toEqual([
      { kind: 'waiting', left: 20, width: 80 },
      { kind: 'failed', left: 0, width: 20 },
    ]);
  });

  it('are empty for a step that was not reached', () => {
    const { rows } = layoutTimeline({ createdAt: t(0), finishedAt: t(1), steps: [step('a')] }, now);
    expect(rows).toEqual([{ key: 'a', segments: [], durationMs: null }]);
  });

  it('keep the shortest call visible and inside the bar', () => {
    const steps = [step('a', attempt('succeeded', 99.999, 0.001))];
    const [segment] = layoutTimeline({ createdAt: t(0), finishedAt: t(100), steps }, now).rows[0].segments;
    expect(segment).toEqual({ kind: 'succeeded', left: 98.4, width: 1.6 });
  });

  it('survive a clock that ran backwards', () => {
    const steps = [step('a', attempt('succeeded', -5, 1))];
    const [segment] = layoutTimeline({ createdAt: t(0), finishedAt: t(0), steps }, now).rows[0].segments;
    expect(segment.left).toBeGreaterThanOrEqual(0);
    expect(segment.left + segment.width).toBeLessThanOrEqual(100);
  });
});
