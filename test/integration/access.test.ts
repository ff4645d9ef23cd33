import { jest } from '@jest/globals';
import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { z } from 'zod';
import { AccessModule } from '../../src/access/access.module.js';
import { ApiKey } from '../../src/access/api-key.entity.js';
import { ApiKeys } from '../../src/access/api-keys.service.js';
import { Session } from '../../src/access/session.entity.js';
import { formatId, newUuid } from '../../src/core/id.js';
import type { Role } from '../../src/core/role.js';
import { type Caller, CallerOf } from '../../src/platform/api/caller.js';
import { Endpoint } from '../../src/platform/api/endpoint.js';
import { createHttpApp } from '../../src/platform/api/http-server.js';
import { readConfig } from '../../src/platform/config/config.js';
import type { Database } from '../../src/platform/database/database.js';
import { silentLogger } from '../../src/platform/logging/logger.js';
import { ProcessModule } from '../../src/process.module.js';
import { openTestDatabase } from '../support/database.js';
import { until } from '../support/until.js';

const ENVIRONMENT_KEY = `hl_${'e'.repeat(40)}`;

@Controller('api/v1/tries')
class TriesController {
  @Get()
  @Endpoint({ access: 'viewer', summary: 'Read', answers: { 200: {} } })
  read(@CallerOf() caller: Caller): Caller {
    return caller;
  }

  @Post()
  @Endpoint({ access: 'developer', summary: 'Write', answers: { 201: {} } })
  write(@Body({ schema: z.strictObject({ name: z.string() }) }) body: unknown): unknown {
    return body;
  }
}

interface Process {
  app: NestFastifyApplication;
  url: string;
}

async function startProcess(database: Database, env: Record<string, string> = {}): Promise<Process> {
  const config = readConfig({ HOOKLINE_ADMIN_API_KEY: ENVIRONMENT_KEY, ...env });
  @Module({
    imports: [ProcessModule.with(config, silentLogger, database), AccessModule],
    controllers: [TriesController],
  })
  class TestModule {}
  const app = await createHttpApp(TestModule, { config, logger: silentLogger, webDir: null });
  await app.listen(0, '127.0.0.1');
  return { app, url: `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}` };
}

describe('access', () => {
  let database: Database;
  let one: Process;
  let two: Process;

  beforeAll(async () => {
    database = await openTestDatabase([ApiKey, Session]);
    one = await startProcess(database);
    two = await startProcess(database);
  });
  afterAll(async () => {
    await one.app.close();
    await two.app.close();
    await database.close();
  });

  const call = async (method: string, path: string, headers: Record<string, string> = {}, body?: unknown, on = one) => {
    const response = await fetch(on.url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
  };
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
  const makeKey = async (role: Role, rest: object = {}) =>
    (await call('POST', '/api/v1/api-keys', bearer(ENVIRONMENT_KEY), { name: `a ${role}`, role, ...rest })).body as {
      id: string;
      key: string;
    };
  const read = (key: string, on = one) => call('GET', '/api/v1/tries', bearer(key), undefined, on);
  const signIn = async (key: string) => {
    const answer = await call('POST', '/api/v1/auth/sign-in', { 'sec-fetch-site': 'same-origin' }, { key });
    return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  };

  describe('an API key', () => {
    it('opens what its role allows, by either header', async () => {
      const { key, id } = await makeKey('viewer');
      expect(await read(key)).toMatchObject({ status: 200, body: { kind: 'api-key', id, role: 'viewer' } });
      expect((await call('GET', '/api/v1/tries', { 'x-api-key': key })).status).toBe(200);
      expect((await fetch(`${one.url}/metrics`, { headers: bearer(key) })).status).toBe(200);
      expect((await fetch(`${one.url}/metrics`)).status).toBe(401);
    });

    it.each([
      ['nothing', {}],
      ['a wrong key', bearer(`hl_${'x'.repeat(43)}`)],
      ['no key at all', bearer('let-me-in')],
      ['another scheme', { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` }],
      ['a made-up cookie', { cookie: `hookline=s_${'x'.repeat(43)}` }],
    ])('is asked for where a request carries %s', async (_, headers) => {
      const answer = await call('GET', '/api/v1/tries', headers);
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    });

    it('is judged by its role before the body is read', async () => {
      const { key } = await makeKey('viewer');
      const headers = { ...bearer(key), 'content-type': 'application/json' };
      const answer = await fetch(`${one.url}/api/v1/tries`, { method: 'POST', headers, body: '{"no JSON' });
      expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'forbidden' }]);
    });

    it('is shown once and stored as a hash', async () => {
      const { key, id } = await makeKey('operator');
      const list = await call('GET', '/api/v1/api-keys?limit=250', bearer(ENVIRONMENT_KEY));
      const listed = (list.body as { data: { id: string; hint: string }[] }).data.find((each) => each.id === id);
      expect(listed).toMatchObject({ hint: key.slice(-4), role: 'operator', createdBy: 'environment' });
      expect(JSON.stringify(list.body)).not.toContain(key);
      const rows: object[] = await database.source.query('select to_jsonb(api_keys)::text as row from api_keys');
      expect(JSON.stringify(rows)).not.toContain(key.slice(3));
    });

    it('is listed newest first, page by page', async () => {
      const made = [await makeKey('viewer'), await makeKey('viewer'), await makeKey('viewer')].map(({ id }) => id);
      const first = await call('GET', '/api/v1/api-keys?limit=2', bearer(ENVIRONMENT_KEY));
      const cursor = (first.body as { nextCursor: string }).nextCursor;
      const second = await call('GET', `/api/v1/api-keys?limit=2&cursor=${cursor}`, bearer(ENVIRONMENT_KEY));
      const ids = [first, second].flatMap(({ body }) => (body as { data: { id: string }[] }).data.map(({ id }) => id));
      expect(ids.slice(0, 3)).toEqual(made.reverse());
      expect((await call('GET', '/api/v1/api-keys?cursor=abc', bearer(ENVIRONMENT_KEY))).body).toMatchObject({
        code: 'invalid_cursor',
      });
    });

    it('is refused at once after it was revoked, and within moments in every other process', async () => {
      const { key, id } = await makeKey('viewer');
      expect([(await read(key)).status, (await read(key, two)).status]).toEqual([200, 200]);
      expect((await call('DELETE', `/api/v1/api-keys/${id}`, bearer(ENVIRONMENT_KEY))).status).toBe(204);
      expect((await read(key)).status).toBe(401);
      await until('the other process refuses it', async () => (await read(key, two)).status === 401);
      expect((await call('DELETE', `/api/v1/api-keys/${id}`, bearer(ENVIRONMENT_KEY))).status).toBe(404);
    });

    it('is refused from the moment it expires, though it was good a moment ago', async () => {
      const expiry = Date.now() + 3_600_000;
      const { key } = await makeKey('viewer', { expiresAt: new Date(expiry).toISOString() });
      const clock = jest.spyOn(Date, 'now').mockReturnValue(expiry - 1);
      expect((await read(key)).status).toBe(200);
      clock.mockReturnValue(expiry);
      expect((await read(key)).status).toBe(401);
      clock.mockRestore();
    });

    it.each([
      [{ name: '', role: 'viewer' }, '/name'],
      [{ name: 'a\u0000b', role: 'viewer' }, '/name'],
      [{ name: '\ud800', role: 'viewer' }, '/name'],
      [{ name: 'a', role: 'king' }, '/role'],
      [{ name: 'a', role: 'viewer', expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
      [{ name: 'a', role: 'viewer', expiresAt: 'soon' }, '/expiresAt'],
      [{ name: 'a', role: 'viewer', admin: true }, '/admin'],
    ])('is not made of %j', async (body, path) => {
      const answer = await call('POST', '/api/v1/api-keys', bearer(ENVIRONMENT_KEY), body);
      expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_request', errors: [{ path }] } });
    });

    it('remembers when it was last used', async () => {
      const { key, id } = await makeKey('viewer');
      await read(key);
      const lastUsed = async () => {
        const { body } = await call('GET', '/api/v1/api-keys?limit=250', bearer(ENVIRONMENT_KEY));
        return (body as { data: { id: string; lastUsedAt: string | null }[] }).data.find((each) => each.id === id)!
          .lastUsedAt;
      };
      await until('it is on record', async () => (await lastUsed()) !== null);
    });
  });

  describe('an unknown path', () => {
    it('is hidden from those who are not signed in, and a 404 for the others', async () => {
      const { key } = await makeKey('viewer');
      expect((await call('GET', '/api/v1/nothing')).status).toBe(401);
      expect((await call('GET', '/v4/nothing')).status).toBe(401);
      expect((await call('GET', '/api/v1/nothing', bearer(key))).status).toBe(404);
      expect((await call('GET', '/nothing')).status).toBe(404);
    });
  });

  describe('a session', () => {
    it('is a cookie that scripts cannot read', async () => {
      const { key } = await makeKey('developer');
      const answer = await call('POST', '/api/v1/auth/sign-in', {}, { key });
      expect(answer.status).toBe(204);
      expect(answer.headers.get('set-cookie')).toMatch(
        /^hookline=s_[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
      );
    });

    it('is bound to this very host, and to https, where the public URL is https', async () => {
      const secure = await startProcess(database, { HOOKLINE_PUBLIC_URL: 'https://hooks.example.com' });
      const answer = await call('POST', '/api/v1/auth/sign-in', {}, { key: ENVIRONMENT_KEY }, secure);
      expect(answer.headers.get('set-cookie')).toMatch(/^__Host-hookline=e_[\w-]{43}; .*; Secure$/);
      await secure.app.close();
    });

    it('says who is signed in', async () => {
      const { key, id } = await makeKey('developer');
      const cookie = await signIn(key);
      const me = await call('GET', '/api/v1/auth/me', { cookie });
      expect(me).toMatchObject({ status: 200, body: { kind: 'session', id, name: 'a developer', role: 'developer' } });
    });

    it('lets the builder write, and nobody else', async () => {
      const { key } = await makeKey('developer');
      const cookie = await signIn(key);
      const write = async (headers: Record<string, string>) =>
        (await call('POST', '/api/v1/tries', { cookie, ...headers }, { name: 'a' })).body.code ?? 'written';
      expect(await write({ 'sec-fetch-site': 'same-origin' })).toBe('written');
      expect(await write({ origin: one.url })).toBe('written');
      expect(await write({ 'sec-fetch-site': 'cross-site' })).toBe('csrf');
      expect(await write({ 'sec-fetch-site': 'same-site' })).toBe('csrf');
      expect(await write({ origin: 'https://evil.example' })).toBe('csrf');
      expect(await write({})).toBe('csrf');
    });

    it('ends when its holder signs out', async () => {
      const { key } = await makeKey('viewer');
      const cookie = await signIn(key);
      expect((await call('POST', '/api/v1/auth/sign-out', { cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(
        204,
      );
      expect((await call('GET', '/api/v1/auth/me', { cookie })).status).toBe(401);
    });

    it('is replaced by the next sign-in', async () => {
      const { key } = await makeKey('viewer');
      const cookie = await signIn(key);
      await call('POST', '/api/v1/auth/sign-in', { cookie, 'sec-fetch-site': 'same-origin' }, { key });
      const rows: { count: string }[] = await database.source.query(
        'select count(*) from sessions s join api_keys k on k.id = s.api_key_id where k.hint = $1',
        [key.slice(-4)],
      );
      expect(rows[0].count).toBe('1');
    });

    it('dies with its key', async () => {
      const { key, id } = await makeKey('viewer');
      const cookie = await signIn(key);
      expect((await call('GET', '/api/v1/auth/me', { cookie })).status).toBe(200);
      await call('DELETE', `/api/v1/api-keys/${id}`, bearer(ENVIRONMENT_KEY));
      expect((await call('GET', '/api/v1/auth/me', { cookie })).status).toBe(401);
    });

    it('dies with the key of the environment, when that is changed', async () => {
      const cookie = await signIn(ENVIRONMENT_KEY);
      expect((await call('GET', '/api/v1/auth/me', { cookie })).status).toBe(200);
      const changed = await startProcess(database, { HOOKLINE_ADMIN_API_KEY: `hl_${'f'.repeat(40)}` });
      expect((await call('GET', '/api/v1/auth/me', { cookie }, undefined, changed)).status).toBe(401);
      await changed.app.close();
    });

    it.each([
      ['12 hours unused', `seen_at = now() - interval '12 hours 1 second'`],
      ['7 days', `expires_at = now() - interval '1 second'`],
    ])('ends after %s', async (_, change) => {
      const { key, id } = await makeKey('viewer');
      const cookie = await signIn(key);
      await database.source.query(
        `update sessions set ${change} where api_key_id = (
        select id from api_keys where hint = $1 order by id desc limit 1)`,
        [key.slice(-4)],
      );
      expect(id).toMatch(/^key_/);
      expect((await call('GET', '/api/v1/auth/me', { cookie })).status).toBe(401);
    });

    it('is not begun from another site, with a sender key, or with an e-mail address', async () => {
      const { key } = await makeKey('sender');
      const attempt = async (body: object, headers: Record<string, string> = {}) => {
        const { status, body: problem } = await call('POST', '/api/v1/auth/sign-in', headers, body);
        return [status, problem?.code];
      };
      expect(await attempt({ key: ENVIRONMENT_KEY }, { 'sec-fetch-site': 'cross-site' })).toEqual([403, 'csrf']);
      expect(await attempt({ key })).toEqual([403, 'sender_key']);
      expect(await attempt({ email: 'a@example.com', password: 'b' })).toEqual([422, 'password_sign_in_unavailable']);
      expect(await attempt({})).toEqual([422, 'invalid_request']);
    });
  });

  it('makes an address wait after twenty failed sign-ins in a minute', async () => {
    const other = await startProcess(database);
    const attempt = (key: string) => call('POST', '/api/v1/auth/sign-in', {}, { key }, other);
    for (let n = 0; n < 20; n++) expect((await attempt(`hl_${'0'.repeat(43)}`)).status).toBe(401);
    const answer = await attempt(ENVIRONMENT_KEY);
    expect(answer).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    await other.app.close();
  });
});

describe('the first start', () => {
  it('makes one administrator key, however many processes start at once', async () => {
    const database = await openTestDatabase([ApiKey, Session]);
    const keys = new ApiKeys(readConfig({}), database);
    const made = await Promise.all([keys.createFirst(), keys.createFirst(), keys.createFirst()]);
    expect(made.filter((key) => key !== null)).toEqual([expect.stringMatching(/^hl_[\w-]{43}$/)]);
    expect(await keys.createFirst()).toBeNull();
    await database.close();
  });

  it('makes none where the environment gives one', async () => {
    const database = await openTestDatabase([ApiKey, Session]);
    expect(
      await new ApiKeys(readConfig({ HOOKLINE_ADMIN_API_KEY: ENVIRONMENT_KEY }), database).createFirst(),
    ).toBeNull();
    await database.close();
  });

  it('keeps the last key of an administrator', async () => {
    const database = await openTestDatabase([ApiKey, Session]);
    const keys = new ApiKeys(readConfig({}), database);
    await keys.createFirst();
    const [{ id }]: { id: string }[] = await database.source.query('select id from api_keys');
    await expect(keys.revoke(id)).rejects.toMatchObject({ kind: 'conflict', code: 'last_administrator_key' });
    await keys.create({ name: 'another', role: 'administrator', expiresAt: null }, 'test');
    await keys.revoke(id);
    await expect(keys.revoke(newUuid())).rejects.toMatchObject({ kind: 'not_found' });
    expect(formatId('key', id)).toMatch(/^key_/);
    await database.close();
  });
});
