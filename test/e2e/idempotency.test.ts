import { useApp } from '../support/app.js';

describe('Idempotency-Key', () => {
  const app = useApp({ env: { HOOKLINE_ROLE: 'api' } });
  let query: (sql: string, values?: unknown[]) => Promise<any[]>;

  beforeAll(async () => {
    const { source } = app.database;
    query = (sql, values) => source.query(sql, values);
  });

  const draft = (name: string) => ({ name, trigger: { type: 'manual' }, steps: [] });
  const make = (key: string, body: unknown, headers: Record<string, string> = {}) =>
    app.call('POST', '/api/v1/integrations', body, { 'idempotency-key': key, ...headers });
  const count = async () => (await app.call('GET', '/api/v1/integrations?limit=250')).body.data.length as number;

  it('makes the same write once, and gives its answer again', async () => {
    const before = await count();
    const first = await make('a-1', draft('One'));
    const again = await make('a-1', draft('One'));
    expect(first.status).toBe(201);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(await count()).toBe(before + 1);
    const gone = { 'idempotency-key': 'a-2' };
    const path = `/api/v1/integrations/${first.body.id}`;
    expect((await app.call('DELETE', path, undefined, gone)).status).toBe(204);
    expect((await app.call('DELETE', path, undefined, gone)).status).toBe(204);
    expect((await app.call('DELETE', path)).status).toBe(404);
  });

  it('is refused with another body, or on another path', async () => {
    await make('b-1', draft('One'));
    expect(await make('b-1', draft('Two'))).toMatchObject({ status: 422, body: { code: 'idempotency_mismatch' } });
  });

  it('belongs to its caller', async () => {
    const { body } = await app.call('POST', '/api/v1/api-keys', { name: 'other', role: 'developer' });
    const first = await make('c-1', draft('One'));
    const other = await make('c-1', draft('One'), { authorization: `Bearer ${body.key}` });
    expect(other.status).toBe(201);
    expect(other.body.id).not.toBe(first.body.id);
  });

  it('keeps nothing of a refusal: it can be mended', async () => {
    expect((await make('d-1', { name: '' })).status).toBe(422);
    expect((await make('d-1', draft('Mended'))).status).toBe(201);
  });

  it('says that the first request is under way, until that is lost', async () => {
    await make('e-1', draft('One'));
    await query(`update idempotency_keys set status = null where key = 'e-1'`);
    expect(await make('e-1', draft('One'))).toMatchObject({ status: 409, body: { code: 'idempotency_in_progress' } });
    await query(`update idempotency_keys set created_at = now() - interval '6 minutes' where key = 'e-1'`);
    expect((await make('e-1', draft('One'))).status).toBe(201);
  });

  it('may be used again after a day', async () => {
    const first = await make('f-1', draft('One'));
    await query(`update idempotency_keys set created_at = now() - interval '25 hours' where key = 'f-1'`);
    const second = await make('f-1', draft('Two'));
    expect(second.status).toBe(201);
    expect(second.body.id).not.toBe(first.body.id);
  });

  it('carries a simultaneous pair out once', async () => {
    const before = await count();
    const both = await Promise.all([make('g-1', draft('One')), make('g-1', draft('One'))]);
    const statuses = both.map(({ status }) => status).sort();
    expect([
      [201, 201],
      [201, 409],
    ]).toContainEqual(statuses);
    expect(await count()).toBe(before + 1);
  });

  it('never keeps a secret that is shown once', async () => {
    const ask = () => app.call('POST', '/api/v1/api-keys', { name: 'k', role: 'viewer' }, { 'idempotency-key': 'h-1' });
    const { body } = await ask();
    expect(await ask()).toMatchObject({ status: 409, body: { code: 'idempotency_answer_gone' } });
    const stored = await query(`select * from idempotency_keys where key = 'h-1'`);
    expect(JSON.stringify(stored)).not.toContain(body.key);
  });

  it('has to be readable', async () => {
    expect((await make('x'.repeat(256), draft('One'))).status).toBe(400);
  });
});
