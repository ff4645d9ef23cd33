import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IntegrationVersion } from '../../src/integrations/integration-version.entity.js';
import { Integration } from '../../src/integrations/integration.entity.js';
import { IntegrationsModule } from '../../src/integrations/integrations.module.js';
import { createHttpApp } from '../../src/platform/api/http-server.js';
import { readConfig } from '../../src/platform/config/config.js';
import type { Database } from '../../src/platform/database/database.js';
import { silentLogger as logger } from '../../src/platform/logging/logger.js';
import { ProcessModule } from '../../src/process.module.js';
import { ADMIN_KEY } from '../support/administrator.js';
import { openTestDatabase } from '../support/database.js';

const BODY = {
  name: 'New task to Typeform',
  trigger: { type: 'event', eventType: 'project.task.completed' },
  steps: [{ key: 'create_entry', action: 'post', input: { url: 'https://api.example.com/{{ trigger.data.formId }}' } }],
};

describe('integrations over HTTP', () => {
  let database: Database;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    database = await openTestDatabase([Integration, IntegrationVersion]);
    const config = readConfig({ HOOKLINE_ADMIN_API_KEY: ADMIN_KEY });
    @Module({ imports: [ProcessModule.with(config, logger, database), IntegrationsModule] })
    class Root {}
    app = await createHttpApp(Root, { config, logger, webDir: null });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });

  const call = async (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    ifMatch?: string,
  ) => {
    const response = await app.inject({
      method,
      url: `/api/v1/integrations${path}`,
      headers: {
        authorization: `Bearer ${ADMIN_KEY}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(ifMatch && { 'if-match': ifMatch }),
      },
      payload: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
    });
    const json = response.body === '' ? null : response.json();
    return { status: response.statusCode, etag: response.headers.etag, text: response.body, body: json };
  };
  const create = async (body: unknown = BODY) =>
    (await call('POST', '', body)).body as { id: string; revision: number };

  it('makes, reads, edits and deletes', async () => {
    const made = await call('POST', '', BODY);
    expect(made).toMatchObject({
      status: 201,
      etag: '"1"',
      body: { revision: 1, state: 'off', createdBy: 'environment' },
    });
    const { id } = made.body;
    expect(await call('GET', `/${id}`)).toMatchObject({ status: 200, etag: '"1"', body: made.body });
    const edited = await call('PATCH', `/${id}`, { name: 'Renamed' }, '"1"');
    expect(edited).toMatchObject({
      status: 200,
      etag: '"2"',
      body: { name: 'Renamed', revision: 2, steps: made.body.steps },
    });
    expect((await call('PATCH', `/${id}`, { name: 'Late' }, '"1"')).status).toBe(412);
    expect((await call('PATCH', `/${id}`, { name: 'Blind' })).status).toBe(400);
    expect(await call('DELETE', `/${id}`)).toMatchObject({ status: 204, text: '' });
    expect((await call('GET', `/${id}`)).status).toBe(404);
  });

  it('reads back the body it gave', async () => {
    const { id } = await create();
    const { name, description, trigger, steps } = (await call('GET', `/${id}`)).body;
    const again = await call('PATCH', `/${id}`, { name, description, trigger, steps }, '"1"');
    expect(again.body.steps).toEqual(steps);
  });

  it('gives every digit of a number back', async () => {
    const text = JSON.stringify(BODY).replace(
      '"input":{',
      '"input":{"body":[{"key":"n","value":90071992547409931.50}],',
    );
    const { id } = await create(text);
    expect((await call('GET', `/${id}`)).text).toContain('"value":90071992547409931.50');
  });

  it('publishes and shows the versions', async () => {
    const { id } = await create();
    expect(await call('POST', `/${id}/publish`, { note: 'one' })).toMatchObject({ status: 200, body: { version: 1 } });
    await call('PATCH', `/${id}`, { trigger: { type: 'manual' } }, '"1"');
    expect((await call('POST', `/${id}/publish`)).body).toEqual({ version: 2 });
    const first = await call('GET', `/${id}/versions?limit=1`);
    expect(first.body.data).toMatchObject([{ version: 2, note: '', createdBy: 'environment' }]);
    const second = await call('GET', `/${id}/versions?limit=1&cursor=${first.body.nextCursor}`);
    expect(second.body).toMatchObject({ data: [{ version: 1, note: 'one' }], nextCursor: null });
    expect((await call('GET', `/${id}/versions/1`)).body).toMatchObject({ version: 1, trigger: { type: 'event' } });
    const restored = await call('POST', `/${id}/versions/1/restore`);
    expect(restored).toMatchObject({
      status: 200,
      body: { revision: 3, trigger: { type: 'event' }, publishedVersion: 2, draftDiffers: true },
    });
    expect((await call('POST', `/${id}/versions/9/restore`)).status).toBe(404);
    for (const [version, status] of [
      ['9', 404],
      ['0', 400],
      ['x', 400],
      ['99999999999', 400],
    ] as const) {
      expect((await call('GET', `/${id}/versions/${version}`)).status).toBe(status);
    }
  });

  it('does not restore a version whose tree path another one has by now', async () => {
    const at = (path: string) => ({ ...BODY, trigger: { type: 'manual', path } });
    const { id } = await create(at('Shop :: Paid'));
    await call('POST', `/${id}/publish`, {});
    expect((await call('PATCH', `/${id}`, at('Shop :: Sent'), '"1"')).status).toBe(200);
    await create(at('Shop :: Paid'));
    expect(await call('POST', `/${id}/versions/1/restore`)).toMatchObject({
      status: 409,
      body: { code: 'path_taken' },
    });
    expect((await call('GET', `/${id}`)).body).toMatchObject({ revision: 2, trigger: { path: 'Shop :: Sent' } });
  });

  it('turns On and Off, and says why it cannot', async () => {
    const { id } = await create();
    expect((await call('PUT', `/${id}/state`, { state: 'on' })).body).toEqual({
      state: 'on',
      version: 1,
      released: 0,
      discarded: 0,
      kept: 0,
    });
    expect((await call('PUT', `/${id}/state`, { state: 'off', held: 'discard' })).body.state).toBe('off');
    expect((await call('PUT', `/${id}/state`, { state: 'maybe' })).status).toBe(422);

    const broken = await create({
      ...BODY,
      steps: [{ key: 'a', action: 'get', input: { url: '{{ steps.b.body }}' } }],
    });
    const refused = await call('PUT', `/${broken.id}/state`, { state: 'on' });
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'invalid_definition', errors: [{ path: '/steps/0/input/url', code: 'unknown_step' }] },
    });
  });

  it('lists, copies, archives and brings back', async () => {
    const { id } = await create({ ...BODY, name: 'Archivable' });
    const copy = await call('POST', `/${id}/duplicate`);
    expect(copy).toMatchObject({ status: 201, etag: '"1"', body: { name: 'Copy of Archivable' } });
    expect((await call('POST', `/${id}/archive`)).body.state).toBe('archived');
    expect((await call('GET', '?q=archivable')).body.data.map((item: { id: string }) => item.id)).toEqual([
      copy.body.id,
    ]);
    expect((await call('PUT', `/${id}/state`, { state: 'on' })).status).toBe(409);
    expect((await call('POST', `/${id}/unarchive`)).body.state).toBe('off');
  });

  it.each([
    ['nothing in it', 422, undefined],
    ['not JSON', 400, '{"name":'],
    ['a list', 422, []],
    ['null', 422, 'null'],
    ['a hostile key', 400, '{"name":"x","trigger":{"type":"manual","__proto__":{"x":1}}}'],
    ['U+0000', 422, { ...BODY, name: 'a\u0000' }],
    ['a lone surrogate', 422, '{"name":"\\ud800","trigger":{"type":"manual"}}'],
    ['a huge number', 422, { ...BODY, steps: [{ ...BODY.steps[0], timeoutMs: 1e300 }] }],
    ['a number beyond doubles', 422, JSON.stringify(BODY).replace('"key"', '"timeoutMs":1e999,"key"')],
    ['wrong types all over', 422, { name: {}, description: [], trigger: 1, steps: { a: 1 } }],
    ['steps of wrong types', 422, { ...BODY, steps: [null, 1, 'x', [], {}] }],
    [
      'a pair of wrong types',
      422,
      { ...BODY, steps: [{ key: 'a', action: 'get', input: { url: 1, query: [null, { key: {} }] } }] },
    ],
  ])('refuses a body with %s', async (_what, status, body) => {
    const answer = await call('POST', '', body);
    expect(answer.status).toBe(status);
    expect(answer.body.code).toEqual(expect.any(String));
    expect(answer.body.errors.length).toBeGreaterThan(0);
  });

  it.each([
    ['/int_nope', 400],
    ['/run_01jd3c6v9mf0r8g2q1xk5z7t4n', 400],
    ['?sort=size', 400],
    ['?limit=0', 400],
    ['?state=maybe', 400],
    ['?cursor=abc', 400],
    ['?q=a%00', 400],
    ['?q=%F0%9F%92%A9%25_', 200],
    ['?color=red', 400],
  ])('answers GET %s with %i', async (path, status) => {
    expect((await call('GET', path)).status).toBe(status);
  });

  it('describes its bodies in the API document', async () => {
    const document = (await app.inject({ url: '/api/openapi.json' })).json();
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining([
        'NewIntegration',
        'IntegrationPatch',
        'Integration',
        'IntegrationItem',
        'Step',
        'Trigger',
      ]),
    );
    const { post } = document.paths['/api/v1/integrations'];
    expect(post.requestBody.content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/NewIntegration',
    });
    expect(document.components.schemas.NewIntegration.required).toEqual(['name', 'trigger']);
  });
});
