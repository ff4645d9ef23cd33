import busboy from 'busboy';
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { useApp } from '../support/app.js';
import { until } from '../support/until.js';
import { finishedRun, letTimePass, send, turnedOn } from '../support/engine.js';

const MIB = 1024 * 1024;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

interface Part {
  name: string;
  filename: string;
  type: string;
  bytes: number;
  sha256: string;
}

/** A server with files to give (`/file/<name>`) and a form to take (`/form`). */
describe('a file', () => {
  const app = useApp();
  let server: Server;
  let url: string;
  let asked: { path: string; headers: IncomingHttpHeaders }[];
  let parts: Part[];
  const files = new Map<string, { headers: Record<string, string>; bytes: Buffer; statuses?: number[] }>();

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push({ path: request.url!, headers: request.headers });
      if (request.url === '/form') {
        const parser = busboy({ headers: request.headers, defParamCharset: 'utf8' });
        parser.on('file', (name, stream, { filename, mimeType }) => {
          const part = { name, filename, type: mimeType, bytes: 0, sha256: '' };
          const hash = createHash('sha256');
          parts.push(part);
          stream.on('data', (chunk: Buffer) => {
            hash.update(chunk);
            part.bytes += chunk.length;
          });
          stream.on('end', () => (part.sha256 = hash.digest('hex')));
        });
        parser.on('close', () => response.end('taken'));
        request.pipe(parser);
        return;
      }
      const file = files.get(request.url!.slice('/file/'.length).split('?')[0]);
      if (!file) return void response.writeHead(404).end('not here');
      response.writeHead(file.statuses?.shift() ?? 200, file.headers);
      if (file.headers['content-encoding']) Readable.from([file.bytes]).pipe(createGzip()).pipe(response);
      else response.end(file.bytes);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    asked = [];
    parts = [];
    files.clear();
  });
  afterEach(() => app.deleteIntegrations());

  const RETRY = { attempts: 2, firstDelayMs: 0, maxDelayMs: 0 };
  const form = (value: unknown, rest: object = {}) => ({
    key: 'send',
    action: 'custom',
    input: { url: `${url}/form`, bodyType: 'form-data', body: [{ key: 'file', value }] },
    retry: RETRY,
    ...rest,
  });
  async function ran(steps: object[], data: object = {}) {
    await turnedOn(app, steps);
    return finishedRun(app, (await send(app, data)).body.runs[0]);
  }
  const stored = async (): Promise<{ created_by: string }[]> =>
    app.database.source.query(`select created_by from files`);

  describe('in an answer', () => {
    it.each([
      [
        'binary, of some bytes',
        300,
        'application/pdf',
        { 'content-disposition': 'attachment; filename="plan.pdf"' },
        'plan.pdf',
      ],
      ['large, whatever it is', 12 * MIB, 'application/json', {}, 'data'],
      ['large and compressed', 40 * MIB, 'application/octet-stream', { 'content-encoding': 'gzip' }, 'data'],
    ])(
      'that is %s is stored as it comes, and a later step sends it',
      async (_what, bytes, type, headers, filename) => {
        const content = randomBytes(bytes);
        files.set('data', { headers: { 'content-type': type, ...headers }, bytes: content });
        const before = process.memoryUsage().rss;
        const run = await ran([
          { key: 'get', action: 'get', input: { url: `${url}/file/data` } },
          form('{{ steps.get.body }}'),
        ]);
        const grown = process.memoryUsage().rss - before;
        expect(run.error).toBeNull();
        expect(parts).toEqual([{ name: 'file', filename, type, bytes, sha256: sha256(content) }]);
        expect(grown).toBeLessThan(100 * MIB);

        const { response } = run.steps[0].attempts[0];
        const file = { fileId: expect.stringMatching(/^fil_/), filename, contentType: type, bytes };
        expect(response).toMatchObject({ status: 200, body: null, bytes, file });
        expect(response.headers).not.toHaveProperty(':file');
        const { body: har } = await app.call('GET', `/api/v1/runs/${run.id}/har`);
        expect(har.log.entries[0].response.content).toMatchObject({
          size: bytes,
          comment: expect.stringContaining(response.file.fileId),
        });
        const download = await fetch(`${app.url}/api/v1/files/${response.file.fileId}`, {
          headers: { authorization: `Bearer ${app.adminKey}` },
        });
        expect(sha256(Buffer.from(await download.arrayBuffer()))).toBe(sha256(content));
        expect(await stored()).toContainEqual({ created_by: run.id });
      },
      60_000,
    );

    it('is still what a later step reads after a wait', async () => {
      files.set('data', { headers: { 'content-type': 'image/png' }, bytes: Buffer.from([0x89, 0x50]) });
      files.set('busy', { headers: {}, bytes: Buffer.alloc(0), statuses: [503, 204] });
      const wait = {
        key: 'b',
        action: 'get',
        input: { url: `${url}/file/busy` },
        retry: { attempts: 2, firstDelayMs: 60_000 },
      };
      await turnedOn(app, [
        { key: 'get', action: 'get', input: { url: `${url}/file/data` } },
        wait,
        form('{{ steps.get.body }}'),
      ]);
      const { body } = await send(app, {});
      await until('the run waits', async () => {
        const run = await app.call('GET', `/api/v1/runs/${body.runs[0]}`);
        return run.body.status === 'waiting';
      });
      await letTimePass(app);
      expect((await finishedRun(app, body.runs[0])).status).toBe('succeeded');
      expect(parts).toMatchObject([{ filename: 'data', type: 'image/png', bytes: 2 }]);
    });

    it('of more than 100 MiB ends the call, and nothing of it is left', async () => {
      const before = (await stored()).length;
      files.set('data', {
        headers: { 'content-type': 'application/octet-stream', 'content-encoding': 'gzip' },
        bytes: Buffer.alloc(101 * MIB),
      });
      const run = await ran([{ key: 'get', action: 'get', input: { url: `${url}/file/data` } }]);
      expect(run.error).toMatchObject({ code: 'limit', message: expect.stringContaining(`${100 * MIB} bytes`) });
      await until('nothing of it is left', async () => (await stored()).length === before);
    }, 60_000);

    it('of a failed call is not one', async () => {
      files.set('data', {
        headers: { 'content-type': 'image/png' },
        bytes: Buffer.from([0xff, 0xfe]),
        statuses: [404],
      });
      const run = await ran([{ key: 'get', action: 'get', input: { url: `${url}/file/data` } }]);
      expect(run.steps[0].attempts[0].response).toMatchObject({ status: 404, encoding: 'base64', file: null });
    });

    it('is shown by a test of the step', async () => {
      files.set('data', { headers: { 'content-type': 'image/png' }, bytes: Buffer.from([0xff, 0xfe]) });
      const id = await turnedOn(app, [{ key: 'get', action: 'get', input: { url: `${url}/file/data` } }]);
      const { body } = await app.call('POST', `/api/v1/integrations/${id}/steps/get/test`, { event: { data: {} } });
      expect(body).toMatchObject({
        outcome: 'succeeded',
        response: { body: null, file: { contentType: 'image/png', bytes: 2 } },
      });
    });
  });

  describe('named by its URL', () => {
    const named = (path: string, filename = 'contract.pdf') => ({ url: `${url}/file/${path}`, filename });

    it('is fetched when the step runs, without its credentials, and sent on', async () => {
      const content = randomBytes(20 * MIB);
      files.set('secret', { headers: { 'content-type': 'application/pdf' }, bytes: content });
      const { body: connection } = await app.call('POST', '/api/v1/connections', {
        name: 'Signed in',
        auth: { type: 'bearer', token: 'canary' },
      });
      const before = (await stored()).length;
      const run = await ran([form('{{ trigger.data.file }}', { connectionId: connection.id })], {
        file: named('secret?signature=s3'),
      });
      expect(run.error).toBeNull();
      expect(parts).toEqual([
        { name: 'file', filename: 'contract.pdf', type: 'application/pdf', bytes: 20 * MIB, sha256: sha256(content) },
      ]);
      expect(asked.map(({ path, headers }) => [path, headers.authorization])).toEqual([
        ['/file/secret?signature=s3', undefined],
        ['/form', 'Bearer canary'],
      ]);
      expect(await stored()).toHaveLength(before);
      expect(JSON.parse(run.steps[0].attempts[0].request.body)).toEqual([
        {
          name: 'file',
          filename: 'contract.pdf',
          contentType: null,
          bytes: null,
          url: `${url}/file/secret?signature=s3`,
        },
      ]);
    }, 60_000);

    it('leaves nothing behind where another file of the form is not there', async () => {
      files.set('here', { headers: { 'content-type': 'text/plain' }, bytes: Buffer.from('text') });
      const before = (await stored()).length;
      const body = [
        { key: 'a', value: named('here') },
        { key: 'b', value: { fileId: 'fil_01jd0000000000000000000000' } },
      ];
      const run = await ran([form(null, { input: { url: `${url}/form`, bodyType: 'form-data', body } })]);
      expect(run.error).toMatchObject({ code: 'mapping', message: expect.stringContaining('fil_01jd') });
      expect(await stored()).toHaveLength(before);
    });

    it('is fetched again with the next attempt where its server is busy', async () => {
      files.set('busy', {
        headers: { 'content-type': 'text/plain' },
        bytes: Buffer.from('text'),
        statuses: [503, 200],
      });
      const run = await ran([form(named('busy'))]);
      expect(run.status).toBe('succeeded');
      expect(run.steps[0].attempts).toMatchObject([
        { status: 'failed', response: null, error: { code: 'http_5xx', message: expect.stringContaining('503') } },
        { status: 'succeeded' },
      ]);
      expect(asked.map(({ path }) => path)).toEqual(['/file/busy', '/file/busy', '/form']);
    });

    it.each<[string, string, string]>([
      ['is not there', '/file/nowhere?key=canary', 'http_4xx'],
      ['lies in a private network', 'http://10.0.0.1/a', 'blocked_address'],
      ['lies at a link-local address', 'http://169.254.169.254/latest/meta-data', 'blocked_address'],
      ['lies behind a redirect there', '/file/moved', 'blocked_address'],
    ])('fails the step and calls nobody where it %s', async (_what, where, code) => {
      files.set('moved', { headers: { location: 'http://10.0.0.1/a' }, bytes: Buffer.alloc(0), statuses: [302] });
      const run = await ran([form({ url: where.startsWith('/') ? url + where : where, filename: 'a' })]);
      expect(run.error).toMatchObject({ code, message: expect.stringContaining('"file"') });
      expect(run.error.message).not.toContain('canary');
      expect(asked.filter(({ path }) => path === '/form')).toEqual([]);
    });

    it('must have an address that can be called', async () => {
      const run = await ran([form({ url: 'file:///etc/passwd', filename: 'a' })]);
      expect(run.error).toMatchObject({ code: 'mapping', message: expect.stringContaining('must begin with http') });
    });
  });
});
