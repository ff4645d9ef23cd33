import { jest } from '@jest/globals';
import { EventTypes } from '../../src/connectors/event-types/event-types.js';
import { parseJson } from '../../src/core/json.js';
import { IntegrationVersion } from '../../src/integrations/integration-version.entity.js';
import { Integration } from '../../src/integrations/integration.entity.js';
import { IntegrationMatcher, type MatchResult } from '../../src/integrations/integration.matcher.js';
import type { IntegrationsService } from '../../src/integrations/integrations.service.js';
import { openDatabase, type Database } from '../../src/platform/database/database.js';
import { silentLogger } from '../../src/platform/logging/logger.js';
import { DefinitionStore } from '../../src/runs/definition-store.js';
import { openTestDatabase } from '../support/database.js';
import { integrationsOn } from '../support/integrations.js';
import { until } from '../support/until.js';

const ENTITIES = [Integration, IntegrationVersion];

describe('the match index', () => {
  let database: Database;
  let service: IntegrationsService;
  let matcher: IntegrationMatcher;

  beforeAll(() => {
    const all = [
      'Date',
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
    ] as const;
    jest.useFakeTimers({ doNotFake: [...all, 'setTimeout', 'clearTimeout'] }); // only the poll is ours to tick
  });
  afterAll(() => {
    jest.useRealTimers();
  });
  beforeEach(async () => {
    database = await openTestDatabase(ENTITIES);
    service = integrationsOn(database).service;
    matcher = new IntegrationMatcher(database, new DefinitionStore(database), new EventTypes(database), silentLogger);
    await matcher.onModuleInit();
  });
  afterEach(async () => {
    await matcher.onApplicationShutdown();
    await database.close();
  });

  const make = (name: string, trigger: object = {}) =>
    service.create(
      {
        name,
        trigger: { type: 'event', eventType: 'project.task.completed', ...trigger },
        steps: [{ key: 'send', action: 'post', input: { url: 'https://api.example.com' } }],
      },
      'key_test',
    );
  const turn = (id: string, state: 'on' | 'off', by = service) => by.setState(id, { state, held: 'keep' }, 'key_test');
  const match = (dataText = '{}', type = 'project.task.completed') =>
    matcher.match({
      id: 'evt_1',
      type,
      source: 'api',
      subject: null,
      time: '2026-01-01T00:00:00.000Z',
      data: parseJson(dataText),
      request: null,
    });
  const started = (result: MatchResult) => result.start.map(({ name }) => name);
  const databaseEpoch = async () =>
    (await database.source.query<{ epoch: string }[]>(`select epoch::text epoch from match_epoch`))[0].epoch;
  /** Resolves when the index has the epoch that the database has now. */
  const caughtUp = async () => {
    const wanted = await databaseEpoch();
    await until('the index has caught up', () => matcher.epoch === wanted);
  };

  it('starts integrations in the order in which they were made, whenever they were turned On', async () => {
    const ids = [await make('first'), await make('second'), await make('third')];
    for (const id of [ids[2], ids[0], ids[1]]) await turn(id, 'on');
    await matcher.refresh();
    const result = match();
    expect(started(result)).toEqual(['first', 'second', 'third']);
    expect(result.start[0]).toEqual({
      integrationId: ids[0],
      name: 'first',
      version: 1,
      definitionId: expect.any(Number),
    });
    expect(result.epoch).toBe(await databaseEpoch());
    expect(match('{}', 'project.task.created')).toMatchObject({ start: [], hold: [], passedOver: [] });
  });

  it('listens to every type of a list, and once to a type named twice', async () => {
    await turn(
      await make('both', { eventType: ['project.task.created', 'project.task.completed', 'project.task.created'] }),
      'on',
    );
    await matcher.refresh();
    expect(started(match('{}', 'project.task.created'))).toEqual(['both']);
    expect(started(match())).toEqual(['both']);
  });

  it('passes over what the filter refuses, and what the filter cannot judge', async () => {
    const id = await make('big', { filter: 'trigger.data.amount > 10' });
    await turn(id, 'on');
    await matcher.refresh();
    expect(started(match('{"amount":11}'))).toEqual(['big']);
    expect(match('{"amount":10}').passedOver).toEqual([{ integrationId: id, reason: 'filter' }]);
    expect(match('{}').passedOver).toEqual([{ integrationId: id, reason: 'filter_error' }]);
  });

  it('holds for what is Off, unless its trigger drops or it was never published', async () => {
    const [holds, drops] = [
      await make('holds', { filter: 'trigger.data.ok' }),
      await make('drops', { whenOff: 'drop' }),
    ];
    await make('never published');
    for (const id of [holds, drops]) {
      await turn(id, 'on');
      await turn(id, 'off');
    }
    await matcher.refresh();
    const result = match('{"ok":true}');
    expect(result.start).toEqual([]);
    expect(result.hold).toMatchObject([{ integrationId: holds, version: 1 }]);
    expect(result.passedOver).toEqual([{ integrationId: drops, reason: 'off' }]);
    expect(match('{"ok":false}').passedOver[0]).toEqual({ integrationId: holds, reason: 'filter' });
  });

  it('knows neither the archived nor the deleted, nor those that only people start', async () => {
    const [archived, deleted] = [await make('archived'), await make('deleted')];
    for (const id of [archived, deleted, await make('manual', { type: 'manual', eventType: null })])
      await turn(id, 'on');
    await matcher.refresh();
    expect(started(match())).toEqual(['archived', 'deleted']);
    await service.archive(archived);
    await service.remove(deleted);
    await matcher.refresh();
    expect(match()).toMatchObject({ start: [], hold: [], passedOver: [] });
  });

  it('runs the published version until the draft is published', async () => {
    const id = await make('version');
    await turn(id, 'on');
    await service.edit(id, 1, { name: 'renamed', trigger: { type: 'event', eventType: 'project.task.created' } });
    await matcher.refresh();
    expect(match().start).toMatchObject([{ name: 'renamed', version: 1 }]);
    await service.publish(id, '', 'key_test');
    await matcher.refresh();
    expect(match().start).toEqual([]);
    expect(match('{}', 'project.task.created').start).toMatchObject([{ version: 2 }]);
  });

  it("sees another process's change when it is told", async () => {
    const other = await openDatabase({ databaseUrl: database.url, dataDir: '/nonexistent' }, silentLogger, ENTITIES);
    try {
      await turn(await make('told'), 'on', integrationsOn(other).service);
      await caughtUp();
      expect(started(match())).toEqual(['told']);
    } finally {
      await other.close();
    }
  });

  it('sees a change that nobody told of at the next poll', async () => {
    await turn(await make('untold'), 'on');
    await caughtUp();
    await database.source.query(`update integrations set is_on = false`);
    await database.source.query(`update match_epoch set epoch = epoch + 1`);
    expect(started(match())).toEqual(['untold']);
    jest.advanceTimersByTime(2_000);
    await caughtUp();
    expect(started(match())).toEqual([]);
  });

  it('reads the index again on refresh only if the epoch is another one', async () => {
    await turn(await make('quiet'), 'on');
    await caughtUp();
    await database.source.query(`update integrations set is_on = false`);
    await matcher.refresh();
    expect(started(match())).toEqual(['quiet']);
    await database.source.query(`update match_epoch set epoch = epoch + 1`);
    await Promise.all([matcher.refresh(), matcher.refresh(), matcher.refresh()]);
    expect(started(match())).toEqual([]);
  });

  it('is as new as the database when a refresh ends that began while another one was reading', async () => {
    await turn(await make('late'), 'on');
    await caughtUp();
    const early = matcher.refresh();
    await database.source.query(`update integrations set is_on = false`);
    await database.source.query(`update match_epoch set epoch = epoch + 1`);
    await matcher.refresh();
    expect(started(match())).toEqual([]);
    await early;
  });
});
