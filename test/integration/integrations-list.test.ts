import { parseId } from '../../src/core/id.js';
import { IntegrationVersion } from '../../src/integrations/integration-version.entity.js';
import { Integration } from '../../src/integrations/integration.entity.js';
import { type IntegrationQueries, listQuery } from '../../src/integrations/integration.queries.js';
import type { IntegrationsService } from '../../src/integrations/integrations.service.js';
import type { Database } from '../../src/platform/database/database.js';
import { openTestDatabase } from '../support/database.js';
import { integrationBody as body, integrationsOn } from '../support/integrations.js';

const BY = 'key_test';

describe('integrations', () => {
  let database: Database;
  let service: IntegrationsService;
  let queries: IntegrationQueries;

  beforeAll(async () => {
    database = await openTestDatabase([Integration, IntegrationVersion]);
    ({ service, queries } = integrationsOn(database));
  });
  afterAll(() => database.close());

  describe('the list', () => {
    const mark = 'listed';
    const names = ['Ümlaut listed', 'alpha listed', 'Alpha listed', 'zulu listed', `${'x'.repeat(190)} listed`];
    beforeAll(async () => {
      for (const name of names) await service.create(body(name), BY);
      const { data } = await queries.list(listQuery.parse({ q: mark, sort: 'created' }));
      await service.setState(parseId('int', data[3].id)!, { state: 'on', held: 'keep' }, BY);
      await service.edit(parseId('int', data[0].id)!, 1, { description: 'touched' });
    });

    it('is newest first and has no payloads', async () => {
      const { data, nextCursor } = await queries.list(listQuery.parse({ q: mark }));
      expect(data.map((item) => item.name)).toEqual([...names].reverse());
      expect(nextCursor).toBeNull();
      expect(data[0].steps).toEqual([{ key: 'send', name: 'Send', kind: 'action', connector: 'http', action: 'post' }]);
      expect(data[0].trigger.eventType).toBe('project.task.completed');
    });

    it.each(['created', '-created', 'updated', '-updated', 'name', '-name', 'state', '-state'])(
      'gives the same order page by page as at once, sorted by %s',
      async (sort) => {
        const whole = await queries.list(listQuery.parse({ q: mark, sort }));
        const paged: string[] = [];
        for (let cursor: string | undefined | null = undefined; cursor !== null;) {
          const page = await queries.list(listQuery.parse({ q: mark, sort, limit: 1, ...(cursor && { cursor }) }));
          paged.push(...page.data.map((item) => item.id));
          cursor = page.nextCursor;
        }
        expect(paged).toEqual(whole.data.map((item) => item.id));
        expect(new Set(paged).size).toBe(names.length);
      },
    );

    it('puts what is On first when sorted by state, and what was edited last when sorted by -updated', async () => {
      expect((await queries.list(listQuery.parse({ q: mark, sort: 'state' }))).data[0].state).toBe('on');
      expect((await queries.list(listQuery.parse({ q: mark, sort: '-updated' }))).data[0].description).toBe('touched');
    });

    it('filters by state and connector', async () => {
      const count = async (query: object) => (await queries.list(listQuery.parse({ q: mark, ...query }))).data.length;
      expect(await count({ state: 'on' })).toBe(1);
      expect(await count({ state: 'off' })).toBe(names.length - 1);
      expect(await count({ connector: 'http' })).toBe(names.length);
      expect(await count({ connector: 'smtp' })).toBe(0);
    });

    it('filters by the connector of what starts it', async () => {
      const started = (name: string, trigger: object) => service.create({ ...body(`${name} started`), trigger }, BY);
      await started('task', { type: 'event', eventType: 'project.task.created' });
      await started('either', { type: 'event', eventType: ['hookline.welcome', 'space.team.created'] });
      await started('odd', { type: 'event', eventType: 'space\ud800"project.task.created"' });
      await started('hook', { type: 'webhook' });
      await started('hand', { type: 'manual' });
      const found = async (connector: string) =>
        (await queries.list(listQuery.parse({ q: 'started', sort: 'name', connector }))).data.map(({ name }) => name);
      expect(await found('project')).toEqual(['task started']);
      expect(await found('space')).toEqual(['either started']);
      expect(await found('hookline')).toEqual(['either started']);
      expect(await found('webhook')).toEqual(['hook started']);
      expect(await found('manual')).toEqual(['hand started']);
      expect(await found('process')).toEqual([]);
      expect(await found('http')).toHaveLength(5);
    });

    it('refuses a cursor of another order', async () => {
      const { nextCursor } = await queries.list(listQuery.parse({ q: mark, limit: 1 }));
      const other = queries.list(listQuery.parse({ q: mark, sort: 'name', cursor: nextCursor }));
      await expect(other).rejects.toMatchObject({ code: 'invalid_cursor' });
    });
  });
});
