import { HooklineError } from '../../src/core/errors.js';
import { newUuid, parseId } from '../../src/core/id.js';
import { RunState } from '../../src/core/run.js';
import { IntegrationVersion } from '../../src/integrations/integration-version.entity.js';
import { Integration } from '../../src/integrations/integration.entity.js';
import { type IntegrationQueries, listQuery } from '../../src/integrations/integration.queries.js';
import type { IntegrationsService } from '../../src/integrations/integrations.service.js';
import type { VersionsService } from '../../src/integrations/versions.service.js';
import type { Database } from '../../src/platform/database/database.js';
import { openTestDatabase } from '../support/database.js';
import { integrationBody as body, integrationsOn } from '../support/integrations.js';

const BY = 'key_test';

describe('integrations', () => {
  let database: Database;
  let service: IntegrationsService;
  let queries: IntegrationQueries;
  let versions: VersionsService;

  beforeAll(async () => {
    database = await openTestDatabase([Integration, IntegrationVersion]);
    ({ service, queries, versions } = integrationsOn(database));
  });
  afterAll(() => database.close());

  const epoch = async () =>
    (await database.source.query<{ epoch: string }[]>(`select epoch from match_epoch`))[0].epoch;
  const on = (id: string, held: 'run' | 'discard' | 'keep' = 'keep') => service.setState(id, { state: 'on', held }, BY);
  const off = (id: string, held: 'run' | 'discard' | 'keep' = 'keep') =>
    service.setState(id, { state: 'off', held }, BY);
  const hold = (integrationId: string) =>
    database.source.query(
      `insert into runs (id, event_id, integration_id, version, definition_id, lane, state, held_at, chain_id)
       values ($1, $2, $3, 1, 1, 0, ${RunState.held}, now(), $1)`,
      [newUuid(), newUuid(), integrationId],
    );
  const faultsOf = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof HooklineError)) throw new Error('Nothing was refused.', { cause: error });
    return { code: error.code, paths: error.faults.map((fault) => fault.path).sort() };
  };

  it('gives every field the default of the API', async () => {
    const view = await queries.one(await service.create(body('Defaults'), BY));
    expect(view).toMatchObject({
      name: 'Defaults',
      description: '',
      trigger: { filter: null, path: null, whenOff: 'hold', orderingKey: null },
      state: 'off',
      revision: 1,
      publishedVersion: null,
      draftDiffers: true,
      origin: 'native',
      hookUrl: null,
      heldCount: 0,
      createdBy: BY,
    });
    expect(view.steps[0]).toMatchObject({
      name: 'Send',
      kind: 'action',
      connector: 'http',
      connectionId: null,
      timeoutMs: 30_000,
      retry: { attempts: 10, backoff: 'exponential', firstDelayMs: 1_000, maxDelayMs: 600_000 },
      onError: 'stop',
      errorSteps: [],
      idempotencyKey: true,
      if: null,
      input: { query: [], headers: [], body: [], omitNulls: false, queryArrays: 'repeat', redirects: 0 },
    });
    expect(parseId('int', view.id)).not.toBeNull();
  });

  it('keeps every digit of a number that a step sends', async () => {
    const number = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON('12345678901234567890.10');
    const draft = body('Digits');
    Object.assign(draft.steps[0].input, { body: [{ key: 'amount', value: number }] });
    const id = await service.create(draft, BY);
    await on(id);
    const published = await service.definitionOf(id, 'published');
    expect(JSON.stringify(await queries.one(id))).toContain('"value":12345678901234567890.10');
    expect(JSON.stringify(published.definition)).toContain('"value":12345678901234567890.10');
  });

  it('names every problem of a malformed body by its pointer and stores nothing', async () => {
    const before = await database.source.manager.count(Integration);
    const step = { key: 'send', action: 'post', input: { url: 'https://a.example', hedaers: [] }, timeoutMs: 0 };
    const refused = faultsOf(
      service.create(
        {
          name: '',
          color: 'red',
          trigger: { type: 'later' },
          steps: [step, { key: 'send', action: 'fly', kind: 'delay', input: {}, retry: { attempts: 21 } }],
        },
        BY,
      ),
    );
    await expect(refused).resolves.toEqual({
      code: 'invalid_request',
      paths: [
        '/color',
        '/name',
        '/steps/0/input/hedaers',
        '/steps/0/timeoutMs',
        '/steps/1/action',
        '/steps/1/key',
        '/steps/1/kind',
        '/steps/1/retry/attempts',
        '/trigger/type',
      ],
    });
    expect(await database.source.manager.count(Integration)).toBe(before);
  });

  it('saves a draft that cannot run yet, and says everything that is missing when it is turned On', async () => {
    const draft = body('Unfinished', '');
    draft.trigger.eventType = 'project.task.complete';
    const id = await service.create({ ...draft, trigger: { ...draft.trigger, filter: 'trigger.data.' } }, BY);
    await expect(faultsOf(on(id))).resolves.toEqual({
      code: 'invalid_definition',
      paths: ['/steps/0/input/url', '/trigger/eventType', '/trigger/filter'],
    });
    expect(await queries.one(id)).toMatchObject({ state: 'off', publishedVersion: null });
  });

  it('refuses an edit of a stale revision', async () => {
    const id = await service.create(body('Stale'), BY);
    await service.edit(id, 1, { name: 'Fresh' });
    await expect(service.edit(id, 1, { name: 'Late' })).rejects.toMatchObject({
      kind: 'stale',
      code: 'stale_revision',
    });
    expect(await queries.one(id)).toMatchObject({ name: 'Fresh', revision: 2 });
  });

  it('lets one of two edits at once win', async () => {
    const id = await service.create(body('Race'), BY);
    const edits = ['A', 'B', 'C', 'D'].map((name) => service.edit(id, 1, { name }));
    const settled = await Promise.allSettled(edits);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await queries.one(id)).revision).toBe(2);
  });

  it('changes only what an edit names', async () => {
    const id = await service.create({ ...body('Partly'), description: 'kept' }, BY);
    await service.edit(id, 1, { steps: [] });
    expect(await queries.one(id)).toMatchObject({ name: 'Partly', description: 'kept', steps: [], revision: 2 });
  });

  it('publishes the draft as the next version, and an unchanged draft as the one there is', async () => {
    const id = await service.create(body('Versions'), BY);
    expect(await service.publish(id, 'first', BY)).toBe(1);
    expect(await queries.one(id)).toMatchObject({ publishedVersion: 1, draftDiffers: false });
    const settled = await epoch();
    expect(await service.publish(id, 'again', BY)).toBe(1);
    expect(await epoch()).toBe(settled);

    await service.edit(id, 1, { steps: body('', 'https://other.example').steps });
    expect(await queries.one(id)).toMatchObject({ publishedVersion: 1, draftDiffers: true });
    expect(await service.publish(id, '', BY)).toBe(2);
    expect((await versions.list(id, 10, null)).map(({ version, note }) => [version, note])).toEqual([
      [2, ''],
      [1, 'first'],
    ]);
    expect((await versions.one(id, 1)).steps[0].input.url).toBe('https://api.example.com/tasks');
    await expect(versions.one(id, 3)).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('tells with a draft the very problems that publishing it would tell', async () => {
    const id = await service.create({ ...body('Broken', ' '), trigger: { type: 'event' } }, BY);
    const { problems } = await queries.one(id);
    expect(problems.map(({ path, code }) => `${path} ${code}`)).toEqual([
      '/trigger/eventType required',
      '/steps/0/input/url required',
    ]);
    const { paths } = await faultsOf(service.publish(id, '', BY));
    expect(paths).toEqual(problems.map(({ path }) => path).sort());
    await service.edit(id, 1, body('Mended'));
    expect((await queries.one(id)).problems).toEqual([]);
  });

  it('shows no difference after an edit is taken back', async () => {
    const id = await service.create(body('Back'), BY);
    await service.publish(id, '', BY);
    await service.edit(id, 1, { steps: [] });
    const again = (await queries.one(id)).revision;
    await service.edit(id, again, { steps: [{ ...body('').steps[0], name: 'Send', timeoutMs: 30_000 }] });
    expect((await queries.one(id)).draftDiffers).toBe(false);
  });

  it('publishes once when two turn it On at once', async () => {
    const id = await service.create(body('Together'), BY);
    const answers = await Promise.all([on(id), on(id), service.publish(id, '', BY)]);
    expect(answers).toEqual([expect.objectContaining({ version: 1 }), expect.objectContaining({ version: 1 }), 1]);
    expect(await versions.list(id, 10, null)).toHaveLength(1);
  });

  it('turns On with the published version, whatever the draft has become', async () => {
    const id = await service.create(body('Toggle'), BY);
    expect(await on(id)).toEqual({ state: 'on', version: 1, released: 0, discarded: 0, kept: 0 });
    const settled = await epoch();
    expect(await on(id)).toEqual({ state: 'on', version: 1, released: 0, discarded: 0, kept: 0 });
    expect(await epoch()).toBe(settled);
    await service.edit(id, 1, { steps: [] });
    expect(await off(id)).toEqual({ state: 'off', version: 1, released: 0, discarded: 0, kept: 0 });
    expect(await on(id)).toMatchObject({ state: 'on', version: 1 });
  });

  it('turns Off what was never published', async () => {
    const id = await service.create(body('Never'), BY);
    expect(await off(id)).toEqual({ state: 'off', version: null, released: 0, discarded: 0, kept: 0 });
    await expect(service.definitionOf(id, 'published')).rejects.toMatchObject({ code: 'not_published' });
    await expect(service.definitionOf(id, 'draft')).resolves.toMatchObject({ version: null, definitionId: null });
  });

  it('keeps, lets go or discards the runs held so far', async () => {
    const id = await service.create(body('Held'), BY);
    await on(id);
    await off(id);
    await hold(id);
    await hold(id);
    expect((await queries.one(id)).heldCount).toBe(2);
    expect(await on(id)).toMatchObject({ released: 0, discarded: 0, kept: 2 });
    expect(await on(id, 'run')).toMatchObject({ released: 2, discarded: 0, kept: 0 });

    await off(id);
    await hold(id);
    await expect(faultsOf(off(id, 'run'))).resolves.toEqual({ code: 'invalid_request', paths: ['/held'] });
    expect(await off(id, 'discard')).toMatchObject({ released: 0, discarded: 1, kept: 0 });
  });

  it('archives: Off, out of the list, and not to be changed until it is brought back', async () => {
    const id = await service.create(body('Archive me'), BY);
    await on(id);
    await service.archive(id);
    expect((await queries.one(id)).state).toBe('archived');
    await expect(service.edit(id, 1, { name: 'x' })).rejects.toMatchObject({ code: 'integration_archived' });
    await expect(on(id)).rejects.toMatchObject({ code: 'integration_archived' });
    expect((await queries.list(listQuery.parse({ q: 'archive ME' }))).data).toEqual([]);
    expect((await queries.list(listQuery.parse({ q: 'archive', state: 'archived' }))).data).toHaveLength(1);
    await service.unarchive(id);
    expect((await queries.one(id)).state).toBe('off');
  });

  it('deletes an integration but not its runs, and cancels those it held', async () => {
    const id = await service.create(body('Delete me'), BY);
    await on(id);
    await off(id);
    await hold(id);
    const before = await epoch();
    await service.remove(id);
    expect(await epoch()).not.toBe(before);
    await expect(queries.one(id)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(service.remove(id)).rejects.toMatchObject({ kind: 'not_found' });
    expect(await database.source.query(`select state from runs where integration_id = $1`, [id])).toEqual([
      { state: RunState.canceled },
    ]);
  });

  it('leaves an integration of a face to that face', async () => {
    const id = await service.create(body('Faced'), BY);
    await database.source.query(`update integrations set origin = 'subscription' where id = $1`, [id]);
    await expect(service.edit(id, 1, { name: 'x' })).rejects.toMatchObject({ code: 'managed_by_face' });
    expect((await queries.list(listQuery.parse({ q: 'Faced' }))).data).toEqual([]);
    expect((await queries.list(listQuery.parse({ q: 'Faced', origin: 'subscription' }))).data).toHaveLength(1);
  });

  it('copies the draft, Off', async () => {
    const id = await service.create(body('n'.repeat(200)), BY);
    await on(id);
    const copy = await queries.one(await service.duplicate(id, 'key_other'));
    expect(copy).toMatchObject({ state: 'off', publishedVersion: null, createdBy: 'key_other' });
    expect(copy.name).toBe(`Copy of ${'n'.repeat(192)}`);
  });
});
