import { parseId } from '../../src/core/id.js';
import { HeldRuns, MAX_HELD } from '../../src/runs/held-runs.js';
import { useApp } from '../support/app.js';
import { runUntilIdle, send, turnedOn } from '../support/engine.js';
import { useReceiver } from '../support/stub-receiver.js';

describe('events for an integration that is Off', () => {
  const app = useApp();
  const stub = useReceiver();
  let query: (sql: string, values?: unknown[]) => Promise<any[]>;
  let id: string;

  beforeAll(async () => {
    const { source } = app.database;
    query = (sql, values) => source.query(sql, values);
  });
  beforeEach(async () => {
    stub.always('/a', { status: 200 });
    const input = { url: `${stub.url}/a`, body: [{ key: 'n', value: '{{ trigger.data.n }}' }] };
    id = await turnedOn(app, [{ key: 'a', action: 'post', input }]);
    await put({ state: 'off' });
    // An accept after a change matches anew: of many at once, the first two hundred could so come after the next.
    await app.call('POST', '/api/v1/events', { type: 'project.task.deleted', data: {} });
  });
  afterEach(() => app.call('DELETE', `/api/v1/integrations/${id}`));

  const put = (body: object) => app.call('PUT', `/api/v1/integrations/${id}/state`, body);
  const sendMany = (count: number) =>
    app.call('POST', '/api/v1/events/batch', {
      events: Array.from({ length: count }, (_, n) => ({ type: 'project.task.completed', data: { n } })),
    });
  const runs = async () =>
    query(
      `select r.state, r.reason, r.started_at, (p.data::json->>'n')::int n
       from runs r join event_payloads p on p.event_id = r.event_id where r.integration_id = $1 order by r.id`,
      [parseId('int', id)],
    );
  const sent = () => stub.on('/a').map(({ body }) => JSON.parse(body).n as number);

  it('are held, 500 of them, and run in order of arrival, none twice', async () => {
    await sendMany(500);
    expect((await app.call('GET', `/api/v1/integrations/${id}`)).body.heldCount).toBe(500);
    expect(stub.received).toEqual([]);
    const { body } = await put({ state: 'on', held: 'run' });
    expect(body).toMatchObject({ state: 'on', released: 500, discarded: 0, kept: 0 });
    await runUntilIdle(app);
    const rows = await runs();
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 500 }, (_, n) => n));
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set([4]));
    const starts = rows.map((row) => (row.started_at as Date).getTime());
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(sent()).toHaveLength(500);
    expect(new Set(sent()).size).toBe(500);
  });

  it('are discarded', async () => {
    await sendMany(20);
    expect((await put({ state: 'on', held: 'discard' })).body).toMatchObject({ released: 0, discarded: 20, kept: 0 });
    await runUntilIdle(app);
    expect(stub.received).toEqual([]);
    expect(await runs()).toEqual(Array(20).fill(expect.objectContaining({ state: 6, reason: 'discarded' })));
  });

  it('stay in the log beyond the limit, and can be backfilled', async () => {
    const since = new Date().toISOString();
    const { body: first } = await send(app, { n: 1 });
    expect(first.held).toBe(1);
    await query(
      `insert into runs (id, event_id, integration_id, definition_id, lane, state, due_at, held_at, chain_id)
       select overlay(id::text placing lpad(n::text, 12, '0') from 25)::uuid, event_id, integration_id, definition_id, lane, 0,
              'infinity', now(), id
       from runs, generate_series(2, ${MAX_HELD}) n where held_at is not null`,
    );
    const giveUp = Date.now() + 10_000;
    let late = (await send(app, { n: 2 })).body; // a count is trusted for a second
    while (late.held > 0 && Date.now() < giveUp) late = (await send(app, { n: 2 })).body;
    expect(late).toMatchObject({ held: 0, runs: [] });
    const { body: event } = await app.call('GET', `/api/v1/events/${late.id}`);
    expect(event.passedOver).toEqual([expect.objectContaining({ integrationId: id, reason: 'held_limit' })]);
    await put({ state: 'on', held: 'discard' });
    const { body } = await app.call('POST', `/api/v1/integrations/${id}/backfill`, {
      filter: { from: since },
      dryRun: true,
    });
    expect(body.matched).toBeGreaterThanOrEqual(2); // canceled ones have not run either
  });

  it('are held for seven days', async () => {
    await send(app, { n: 1 });
    const held = app.program.app.get(HeldRuns, { strict: false });
    const day = 86_400_000;
    expect(await held.expire(Date.now() + 6 * day)).toBe(0);
    expect(await held.expire(Date.now() + 8 * day)).toBe(1);
    expect(await runs()).toMatchObject([{ state: 6, reason: 'held_limit' }]);
  });

  it('is told by each of them who runs it, who holds it, and why others do not', async () => {
    const make = (name: string, trigger: object) =>
      turnedOn(app, [{ key: 'a', action: 'post', input: { url: `${stub.url}/a` } }], {
        name,
        trigger: { type: 'event', eventType: 'project.task.completed', ...trigger },
      });
    const runsIt = await make('Runs it', {});
    const filtered = await make('Filtered', { filter: 'trigger.data.n > 100' });
    const archived = await make('Archived', {});
    await app.call('POST', `/api/v1/integrations/${archived}/archive`);
    const { body: event } = await send(app, { n: 1 });
    const { body } = await app.call('GET', `/api/v1/events/${event.id}`);
    const statusOf = (integrationId: string) =>
      body.runLog.find((run: { integrationId: string }) => run.integrationId === integrationId)?.status;
    expect(statusOf(id)).toBe('held');
    expect(statusOf(runsIt)).toBeDefined();
    expect(body.runLog).toHaveLength(2);
    expect(body.passedOver).toEqual(
      expect.arrayContaining([
        { integrationId: filtered, integrationName: 'Filtered', reason: 'filter' },
        { integrationId: archived, integrationName: 'Archived', reason: 'archived' },
      ]),
    );
    for (const each of [runsIt, filtered, archived]) await app.call('DELETE', `/api/v1/integrations/${each}`);
    const later = (await app.call('GET', `/api/v1/events/${event.id}`)).body.passedOver;
    expect(later).toEqual([{ integrationId: filtered, integrationName: null, reason: 'filter' }]);
  });
});
