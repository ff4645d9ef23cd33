import { DeliveryFloods } from './delivery-floods.js';

/** Answers the numbers of those that are kept. */
const offer = (floods: DeliveryFloods, count: number, nowMs: number, reason = 'signature') =>
  Array.from({ length: count }, (_, index) => index).filter((index) =>
    floods.mayKeep(`${nowMs}-${index}`, 'int', reason, nowMs),
  );

describe('a flood of refused deliveries', () => {
  it('is kept up to a burst; the rest is counted beside the last that was kept', () => {
    const floods = new DeliveryFloods();
    expect(offer(floods, 130, 1_000)).toHaveLength(100);
    expect(floods.takeCounts()).toEqual([{ id: '1000-99', more: 30 }]);
    expect(floods.takeCounts()).toEqual([]);
  });

  it('is kept at five a second after that', () => {
    const floods = new DeliveryFloods();
    offer(floods, 130, 1_000);
    floods.takeCounts();
    expect(offer(floods, 30, 3_000)).toHaveLength(10);
    expect(floods.takeCounts()).toEqual([{ id: '3000-9', more: 20 }]);
  });

  it('for one reason does not hide those for another', () => {
    const floods = new DeliveryFloods();
    offer(floods, 130, 1_000);
    expect(offer(floods, 5, 1_000, 'method')).toHaveLength(5);
  });
});
