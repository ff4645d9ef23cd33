import { Body, Controller, Get, HttpCode, Module, Param, Post, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { until } from '../../../test/support/until.js';
import { HooklineError } from '../../core/errors.js';
import { readConfig } from '../config/config.js';
import { silentLogger } from '../logging/logger.js';
import { Endpoint } from './endpoint.js';
import { createHttpApp } from './http-server.js';
import { idOf } from './id-schema.js';
import type { OpenApi } from './openapi/document.js';
import { pageOf, pageQuery } from './paging.js';

const Pot = z.strictObject({ name: z.string().max(10), size: z.int().optional() }).meta({ id: 'Pot' });

/** Of the one slow request: it has arrived, and it may be answered. */
const underWay = Promise.withResolvers<void>();
const letGo = Promise.withResolvers<void>();

@Controller('api/v1/pots')
class PotsController {
  @Post()
  @Endpoint({ access: 'anonymous', summary: 'Make a pot', answers: { 201: { schema: Pot } } })
  create(@Body({ schema: Pot }) pot: z.infer<typeof Pot>): unknown {
    return pot;
  }

  @Get()
  @Endpoint({ access: 'anonymous', summary: 'List pots', answers: { 200: { schema: pageOf(Pot) } } })
  list(@Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>): unknown {
    return query;
  }

  @Get(':id')
  @Endpoint({ access: 'anonymous', summary: 'One pot', answers: { 200: {} } })
  read(@Param('id', { schema: idOf('run') }) id: string): unknown {
    return { id };
  }

  @Post('break')
  @HttpCode(204)
  @Endpoint({ access: 'anonymous', summary: 'Break', answers: { 204: {} } })
  async break(@Query('how') how?: string): Promise<void> {
    if (how === 'slow') {
      underWay.resolve();
      await letGo.promise;
    }
    if (how === 'busy') throw new HooklineError('rate_limited', 'busy', 'Later.', { retryAfterMs: 2_500 });
    if (how === 'bug') throw new Error('secret');
    if (how === 'nul') throw Object.assign(new Error('invalid byte sequence'), { code: '22021' });
  }
}

@Module({ controllers: [PotsController] })
class PotsModule {}

@Controller('api/v1/bare')
class BareController {
  @Get()
  read(): string {
    return 'open to all';
  }
}

@Module({ controllers: [BareController] })
class BareModule {}

const config = readConfig({});

async function start(webDir: string | null = null): Promise<NestFastifyApplication> {
  const app = await createHttpApp(PotsModule, { config, logger: silentLogger, webDir });
  app.getHttpAdapter().getInstance().decorateRequest('caller');
  await app.listen(0, '127.0.0.1');
  return app;
}

describe('the HTTP server', () => {
  let app: NestFastifyApplication;
  let url: string;
  beforeAll(async () => {
    app = await start();
    url = `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}`;
  });
  afterAll(() => app.close());

  const post = async (path: string, body: RequestInit['body'], type = 'application/json') => {
    const response = await fetch(url + path, { method: 'POST', headers: { 'content-type': type }, body });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text && JSON.parse(text) };
  };

  it('hands a valid body on', async () => {
    expect(await post('/api/v1/pots', '{"name":"a"}')).toMatchObject({ status: 201, body: { name: 'a' } });
  });

  it.each([
    ['{"name":', 400, 'malformed_json', ''],
    ['{"name":"a"} x', 400, 'malformed_json', ''],
    ['[[['.repeat(30), 400, 'too_deep', undefined],
    ['{"name":"a","__proto__":{"admin":true}}', 400, 'forbidden_key', '/__proto__'],
    ['{"name":"a","\\u005f_proto__":1}', 400, 'forbidden_key', '/__proto__'],
    ['{"x":[{"constructor":{"prototype":{}}}]}', 400, 'forbidden_key', '/x/0/constructor'],
    ['', 400, 'empty_body', ''],
    ['{}', 422, 'invalid_request', '/name'],
    ['{"name":1}', 422, 'invalid_request', '/name'],
    ['{"name":"a","color":"red"}', 422, 'invalid_request', '/color'],
    ['{"name":"abcdefghijkl"}', 422, 'invalid_request', '/name'],
    ['{"name":"a","size":1e400}', 422, 'invalid_request', '/size'],
    ['null', 422, 'invalid_request', ''],
    [new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), 400, 'malformed_json', ''],
  ])('refuses the body %s', async (body, status, code, path) => {
    const answer = await post('/api/v1/pots', body);
    expect(answer).toMatchObject({ status, body: { status, code, type: 'about:blank' } });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    if (path !== undefined) expect(answer.body.errors[0].path).toBe(path);
  });

  it('tells what is missing from what has the wrong type', async () => {
    const answer = await post('/api/v1/pots', '{"size":"big"}');
    expect(answer.body.errors).toEqual([
      { path: '/name', code: 'required', message: 'Missing: give a string.' },
      { path: '/size', code: 'wrong_type', message: 'Must be a number, not a string.' },
    ]);
  });

  it('calls what is no number in a query text', async () => {
    const answer = await fetch(`${url}/api/v1/pots?limit=many`).then((response) => response.json());
    expect(answer).toMatchObject({ errors: [{ path: '/limit', message: 'Must be a number, not text.' }] });
  });

  it('understands JSON by any +json name, and nothing else', async () => {
    expect((await post('/api/v1/pots', '{"name":"a"}', 'application/cloudevents+json')).status).toBe(201);
    expect(await post('/api/v1/pots', 'name=a', 'application/x-www-form-urlencoded')).toMatchObject({
      status: 415,
      body: { code: 'unsupported_media_type' },
    });
  });

  it.each([undefined, 'application/json', 'text/plain'])(
    'calls a route that takes no body, without one, of type %s',
    async (type) => {
      const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
      expect((await fetch(`${url}/api/v1/pots/break`, { method: 'POST', headers })).status).toBe(204);
    },
  );

  it('answers 413 to a body of more values than a schema should report on', async () => {
    const answer = await post('/api/v1/pots', `[${'{},'.repeat(100_000)}{}]`);
    expect(answer).toMatchObject({ status: 413, body: { code: 'too_many_values' } });
  });

  it('answers 413 to a body above 16 MiB', async () => {
    const answer = await post('/api/v1/pots', `"${'x'.repeat(16 * 1024 * 1024)}"`);
    expect(answer).toMatchObject({ status: 413, body: { code: 'too_large' } });
  });

  it.each([
    ['/api/v1/pots?limit=0', 400, 'invalid_query', '/limit'],
    ['/api/v1/pots?limit=251', 400, 'invalid_query', '/limit'],
    ['/api/v1/pots?limit=many', 400, 'invalid_query', '/limit'],
    ['/api/v1/pots?limit=1&limit=2', 400, 'invalid_query', '/limit'],
    ['/api/v1/pots?cursor=%00', 400, 'invalid_query', '/cursor'],
    ['/api/v1/pots?page=2', 400, 'invalid_query', '/page'],
    ['/api/v1/pots/run_1', 400, 'invalid_id', '/id'],
    ['/api/v1/pots/%zz', 400, 'bad_request', undefined],
    [`/api/v1/pots/${'x'.repeat(300)}`, 414, 'url_too_long', undefined],
    ['/api/v1/cups', 404, 'not_found', undefined],
  ])('answers %s with a problem', async (path, status, code, pointer) => {
    const response = await fetch(url + path);
    const problem = (await response.json()) as { code: string; errors: { path: string }[] };
    expect(response.status).toBe(status);
    expect(problem.code).toBe(code);
    if (pointer !== undefined) expect(problem.errors[0].path).toBe(pointer);
  });

  it('hides what broke inside, but names it for the log', async () => {
    const { status, body } = await post('/api/v1/pots/break?how=bug', undefined);
    expect({ status, code: body.code }).toEqual({ status: 500, code: 'internal' });
    expect(JSON.stringify(body)).not.toContain('secret');
    expect(body.instance).toMatch(/^urn:uuid:/);
  });

  it('says when to come back', async () => {
    const { status, headers } = await post('/api/v1/pots/break?how=busy', undefined);
    expect({ status, retryAfter: headers.get('retry-after') }).toEqual({ status: 429, retryAfter: '3' });
  });

  it('blames the text, not itself, when PostgreSQL cannot hold a character', async () => {
    expect((await post('/api/v1/pots/break?how=nul', undefined)).status).toBe(422);
  });

  it('answers what is no HTTP with a problem too', async () => {
    const { port } = app.getHttpServer().address() as { port: number };
    const socket = createConnection(port, '127.0.0.1');
    socket.write('HELLO\r\n\r\n');
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1.1 400 [^]*application\/problem\+json[^]*"bad_request"/);
  });

  it('shows a page, signed in or not, under a strict policy with a fresh nonce', async () => {
    const first = await fetch(`${url}/`);
    const second = await fetch(`${url}/runs/anything`, { headers: { accept: 'text/html' } });
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.headers.get('content-security-policy')).toMatch(/default-src 'none'.*style-src 'self' 'nonce-/);
    expect(first.headers.get('content-security-policy')).not.toBe(second.headers.get('content-security-policy'));
  });

  it('never answers below /api with the page', async () => {
    const response = await fetch(`${url}/api/v1/cups`, { headers: { accept: 'text/html' } });
    expect(response.status).toBe(404);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('describes its routes with their own schemas', async () => {
    const document = (await (await fetch(`${url}/api/openapi.json`)).json()) as OpenApi;
    const operation = document.paths['/api/v1/pots'].post;
    expect(operation.requestBody?.content['application/json'].schema).toEqual({ $ref: '#/components/schemas/Pot' });
    expect(document.components.schemas.Pot).toMatchObject({ required: ['name'], additionalProperties: false });
    expect(document.paths['/api/v1/pots'].get.parameters?.map((each) => each.name)).toEqual(['limit', 'cursor']);
    expect(document.paths['/api/v1/pots/{id}'].get.parameters?.[0]).toMatchObject({ in: 'path', required: true });
  });

  it('serves the explorer of the document from its own files', async () => {
    expect(await (await fetch(`${url}/api/docs`)).text()).toContain('spec-url="/api/openapi.json"');
    const script = await fetch(`${url}/api/docs/openapi-explorer.js`);
    expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
  });

  it('is alive, and ready when nothing is down', async () => {
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('hookline_events_total');
  });
});

describe('closing', () => {
  it('lets a request under way have its answer, and takes no new one', async () => {
    const app = await start();
    const url = `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}`;
    const answer = fetch(`${url}/api/v1/pots/break?how=slow`, { method: 'POST' });
    await underWay.promise;
    const closing = app.close();
    const takesNoNew = () =>
      fetch(`${url}/health/live`).then(
        () => false,
        () => true,
      );
    await until('it takes no new one', takesNoNew);
    letGo.resolve();
    expect((await answer).status).toBe(204);
    await closing;
    await expect(fetch(`${url}/health/live`)).rejects.toThrow('fetch failed');
  });
});

describe('the builder', () => {
  let app: NestFastifyApplication;
  let url: string;
  let webDir: string;
  beforeAll(async () => {
    webDir = await mkdtemp(join(tmpdir(), 'hookline-web-'));
    await mkdir(join(webDir, 'assets'));
    await writeFile(join(webDir, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">');
    await writeFile(join(webDir, 'favicon.svg'), '<svg/>');
    await writeFile(join(webDir, 'assets', 'main-1a2b.js'), `console.log(${'1 + '.repeat(1_000)} 1)`);
    app = await start(webDir);
    url = `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}`;
  });
  afterAll(async () => {
    await app.close();
    await rm(webDir, { recursive: true });
  });

  it('gets the same nonce in its page and in the policy', async () => {
    const response = await fetch(`${url}/integrations/any`, { headers: { accept: 'text/html,*/*' } });
    const nonce = /content="([\w-]{22})"/.exec(await response.text())?.[1];
    expect(response.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('gets its hashed files compressed, to be kept for ever', async () => {
    const response = await fetch(`${url}/assets/main-1a2b.js`, { headers: { 'accept-encoding': 'br' } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-encoding')).toBe('br');
    expect(response.headers.get('content-type')).toContain('javascript');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await fetch(`${url}/favicon.svg`)).headers.get('content-type')).toBe('image/svg+xml');
  });

  it.each(['/assets/other.js', '/assets/', '/assets/..%2findex.html', '/assets/%2e%2e/index.html', '/assets/%00'])(
    'has no file at %s',
    async (path) => {
      const response = await fetch(url + path);
      expect([400, 403, 404]).toContain(response.status);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
    },
  );
});

describe('default deny', () => {
  it('does not start with a route that does not say who may call it', async () => {
    const app = await createHttpApp(BareModule, { config, logger: silentLogger, webDir: null });
    await expect(app.init()).rejects.toThrow('GET /api/v1/bare has no @Endpoint');
  });

  it('does not start without an access hook', async () => {
    const app = await createHttpApp(PotsModule, { config, logger: silentLogger, webDir: null });
    await app.init();
    await expect(app.getHttpAdapter().getInstance().ready()).rejects.toThrow('No access hook');
    await app.close();
  });
});
