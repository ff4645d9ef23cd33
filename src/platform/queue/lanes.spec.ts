import { Lanes, type LaneLimits } from './lanes.js';

const LIMITS: LaneLimits = {
  callsPerLane: 4,
  callsPerSlowLane: 2,
  slowMs: 2_000,
  calls: 6,
  runsPerLane: 8,
  runs: 20,
  runBytes: 1_000,
};
const lanesAt = (limits: Partial<LaneLimits> = {}) => {
  const clock = { now: 0 };
  return { lanes: new Lanes({ ...LIMITS, ...limits }, () => clock.now), clock };
};
const take = (lanes: Lanes, lane: number, count: number) =>
  Array.from({ length: count }, () => lanes.tryCall(lane)).filter((release) => release !== null);

describe('places for runs', () => {
  it('are given until the lane is full; from then on the database goes first', () => {
    const { lanes } = lanesAt();
    const given = Array.from({ length: 9 }, () => lanes.reserve(1, 10));
    expect(given).toEqual([...Array<boolean>(8).fill(true), false]);
    lanes.leave(1, 10);
    expect(lanes.reserve(1, 10)).toBe(false); // older runs wait in the database
    lanes.markDone(1);
    expect(lanes.reserve(1, 10)).toBe(true);
  });

  it('of one lane do not depend on a full neighbour', () => {
    const { lanes } = lanesAt();
    for (let i = 0; i < 9; i++) lanes.reserve(1, 10);
    expect(lanes.reserve(2, 10)).toBe(true);
  });

  it('end where the data of all runs has the allowed size, but one run always fits', () => {
    const { lanes } = lanesAt();
    expect(lanes.reserve(1, 5_000)).toBe(true);
    expect(lanes.reserve(2, 1)).toBe(false);
  });

  it('are asked for in one go, when half of them are free', () => {
    const { lanes } = lanesAt();
    for (let i = 0; i < 9; i++) lanes.reserve(1, 1);
    expect(lanes.wants()).toEqual([]);
    for (let i = 0; i < 4; i++) lanes.leave(1, 1);
    expect(lanes.wants()).toEqual([{ lane: 1, room: 4 }]);
  });
});

describe('places for calls', () => {
  it('are limited for each lane', () => {
    const { lanes } = lanesAt();
    expect(take(lanes, 1, 10)).toHaveLength(4);
  });

  it('are limited in all, but a lane that has none gets one', () => {
    const { lanes } = lanesAt();
    take(lanes, 1, 4);
    take(lanes, 2, 4);
    expect(lanes.calls).toBe(6);
    expect(take(lanes, 3, 4)).toHaveLength(1);
  });

  it('become fewer for a lane whose oldest call hangs', () => {
    const { lanes, clock } = lanesAt();
    const [first] = take(lanes, 1, 2);
    clock.now = 2_001;
    expect(lanes.tryCall(1)).toBeNull();
    expect(take(lanes, 2, 10)).toHaveLength(4);
    first();
    expect(lanes.tryCall(1)).not.toBeNull();
  });

  it('go to those who wait, in order', async () => {
    const { lanes } = lanesAt({ callsPerLane: 1 });
    const [release] = take(lanes, 1, 1);
    const order: string[] = [];
    void lanes.call(1).then((free) => (order.push('first'), free()));
    void lanes.call(1).then((free) => (order.push('second'), free()));
    await Promise.resolve();
    expect(order).toEqual([]);
    release();
    await new Promise((resolve) => setImmediate(resolve));
    expect(order).toEqual(['first', 'second']);
    expect(lanes.calls).toBe(0);
  });

  it('are given to lanes in turn when they are scarce in all', async () => {
    const { lanes } = lanesAt({ calls: 2, callsPerLane: 2 });
    const held = [...take(lanes, 1, 1), ...take(lanes, 2, 1)];
    const order: number[] = [];
    for (const lane of [1, 1, 2, 2]) void lanes.call(lane).then((free) => (order.push(lane), held.push(free)));
    for (let i = 0; i < 4; i++) {
      held.shift()!();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(order).toEqual([1, 2, 1, 2]);
  });

  it('freed twice count once', () => {
    const { lanes } = lanesAt();
    const [release] = take(lanes, 1, 2);
    release();
    release();
    expect(lanes.calls).toBe(1);
  });

  it('come at once when the process stops', async () => {
    const { lanes } = lanesAt({ callsPerLane: 1 });
    take(lanes, 1, 1);
    const waiting = lanes.call(1);
    lanes.open();
    await expect(waiting).resolves.toBeInstanceOf(Function);
  });
});
