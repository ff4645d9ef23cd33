import { eventTypes } from './catalog.js';
import { ConnectorsController } from './connectors.controller.js';

const controller = new ConnectorsController();

it('lists every event type once, page by page', () => {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = controller.listEventTypes({ limit: 10, cursor });
    expect(page.data.length).toBeLessThanOrEqual(10);
    names.push(...page.data.map(({ name }) => name));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(names).toEqual(eventTypes.map(({ name }) => name));
});

it('reads one event type, and says 404 for others', () => {
  expect(controller.readEventType('hookline.welcome')).toMatchObject({ connector: 'hookline', builtin: true });
  expect(() => controller.readEventType('__proto__')).toThrow('There is no event type');
});

it('lists the connectors', () => {
  expect(controller.listConnectors({ limit: 50 }).data.map(({ key }) => key)).toContain('http');
});
