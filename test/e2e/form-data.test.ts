import busboy from 'busboy';
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { useApp } from '../support/app.js';
import { finishedRun, send, turnedOn } from '../support/engine.js';

const OCTETS = 'application/octet-stream';
const MIB = 1024 * 1024;

/** A part as somebody else's parser reads it: a text, or a file by what it is. */
type Part =
  { name: string; text: string } | { name: string; filename: string; type: string; bytes: number; sha256: string };

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('a form with files', () => {
  const app = useApp();
  let receiver: Server;
  let url: string;
  /** One list for each call that came. */
  let calls: { parts: Part[]; length: string | undefined; received: number; disposition: string }[];
  let answers: number[];

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      const call = { parts: [] as Part[], length: request.headers['content-length'], received: 0, disposition: '' };
      request.on('data', (chunk: Buffer) => {
        if (call.received === 0) call.disposition = chunk.toString('utf8', 0, 2_000);
        call.received += chunk.length;
      });
      const parser = busboy({ headers: request.headers, defParamCharset: 'utf8' });
      parser.on('field', (name, text) => call.parts.push({ name, text }));
      parser.on('file', (name, stream, { filename, mimeType }) => {
        const part = { name, filename, type: mimeType, bytes: 0, sha256: '' };
        const hash = createHash('sha256');
        call.parts.push(part);
        stream.on('data', (chunk: Buffer) => {
          hash.update(chunk);
          part.bytes += chunk.length;
        });
        stream.on('end', () => (part.sha256 = hash.digest('hex')));
      });
      parser.on('close', () => {
        calls.push(call);
        response.writeHead(answers.shift() ?? 200, { location: `${url}moved` }).end();
      });
      request.pipe(parser);
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  });
  afterAll(async () => {
    receiver.closeAllConnections();
    receiver.close();
  });
  beforeEach(() => {
    calls = [];
    answers = [];
  });
  afterEach(() => app.deleteIntegrations());

  async function upload(
    bytes: Buffer,
    filename: string,
    type = 'application/octet-stream',
  ): Promise<{ fileId: string }> {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(bytes)], { type }), filename);
    const headers = { authorization: `Bearer ${app.adminKey}` };
    const response = await fetch(`${app.url}/api/v1/files`, { method: 'POST', headers, body: form });
    return { fileId: ((await response.json()) as { id: string }).id };
  }

  /** Runs one step that sends these pairs, mapped from the event. */
  async function sent(data: object, key = 'Attachments[]', rest: object = {}) {
    const body = [
      { key: 'title', value: '{{ trigger.data.title }}' },
      { key, value: '{{ trigger.data.files }}' },
    ];
    const input = { url, bodyType: 'form-data', body, redirects: 1 };
    await turnedOn(app, [
      { key: 'a', action: 'custom', input, retry: { attempts: 2, firstDelayMs: 0, maxDelayMs: 0 }, ...rest },
    ]);
    const { body: accepted } = await send(app, { title: 'Größe', ...data });
    return finishedRun(app, accepted.runs[0]);
  }

  const TITLE = { name: 'title', text: 'Größe' };

  it('with no file in its list sends its texts', async () => {
    expect((await sent({ files: [] })).status).toBe('succeeded');
    expect(calls[0].parts).toEqual([TITLE]);
  });

  it('with one sends it as one part', async () => {
    const file = await upload(Buffer.from('hello'), 'a.txt', 'text/plain');
    expect((await sent({ files: [file] })).status).toBe('succeeded');
    expect(calls[0].parts).toEqual([
      TITLE,
      { name: 'Attachments[]', filename: 'a.txt', type: 'text/plain', bytes: 5, sha256: sha256(Buffer.from('hello')) },
    ]);
  });

  it('with three, one of 50 MB and one with a Japanese name, sends each in order and holds none of them', async () => {
    const big = randomBytes(50 * MIB);
    const hash = sha256(big);
    const files = [
      await upload(big, 'big.bin'),
      await upload(Buffer.from('二'), '見積書 "最終".pdf', 'application/pdf'),
      await upload(Buffer.alloc(0), 'empty'),
    ];
    const before = process.memoryUsage().rss;
    const run = await sent({ files });
    const grown = process.memoryUsage().rss - before;
    expect(run.status).toBe('succeeded');
    const [{ parts, length, received, disposition }] = calls;
    expect(parts).toMatchObject([
      TITLE,
      { name: 'Attachments[]', filename: 'big.bin', bytes: 50 * MIB, sha256: hash },
      { name: 'Attachments[]', filename: expect.stringMatching(/^見積書 .+\.pdf$/), type: 'application/pdf', bytes: 3 },
      { name: 'Attachments[]', filename: 'empty', bytes: 0 },
    ]);
    expect(length).toBe(String(received));
    expect(disposition).not.toContain('filename*');
    expect(grown).toBeLessThan(100 * MIB);
    const { request } = run.steps[0].attempts[0];
    expect(JSON.parse(request.body)).toEqual([
      TITLE,
      { name: 'Attachments[]', filename: 'big.bin', contentType: OCTETS, bytes: 50 * MIB, fileId: files[0].fileId },
      {
        name: 'Attachments[]',
        filename: expect.stringMatching(/^見積書 .+\.pdf$/),
        contentType: 'application/pdf',
        bytes: 3,
        fileId: files[1].fileId,
      },
      { name: 'Attachments[]', filename: 'empty', contentType: OCTETS, bytes: 0, fileId: files[2].fileId },
    ]);
    const curl = await app.call('GET', `/api/v1/runs/${run.id}/attempts/${run.steps[0].attempts[0].id}/curl`);
    expect(curl.body).toContain(`-F 'title="Größe";type=text/plain; charset=utf-8'`);
    expect(curl.body).toContain(`-F 'Attachments[]=@"./big.bin";type=${OCTETS};filename="big.bin"'`);
  }, 60_000);

  it('is sent whole again when the answer is 503', async () => {
    answers = [503, 200];
    const run = await sent({ files: [await upload(Buffer.from('again'), 'a.txt')] });
    expect(run.status).toBe('succeeded');
    expect(calls).toHaveLength(2);
    expect(calls[1]).toEqual(calls[0]);
  });

  it('is sent whole again where a 307 says so', async () => {
    answers = [307, 200];
    const run = await sent({ files: [await upload(Buffer.from('again'), 'a.txt')] });
    expect(run.status).toBe('succeeded');
    expect(calls).toHaveLength(2);
    expect(calls[1]).toEqual(calls[0]);
  });

  it('under a key without [] fails where there are three files, and says what to do', async () => {
    const file = await upload(Buffer.from('a'), 'a.txt');
    const run = await sent({ files: [file, file, file] }, 'Attachments');
    expect(run).toMatchObject({
      status: 'failed',
      error: { code: 'mapping', message: expect.stringContaining('add []') },
    });
    expect(calls).toEqual([]);
  });

  it('fails where nobody has the file', async () => {
    const run = await sent({ files: [{ fileId: 'fil_01jd0000000000000000000000' }] });
    expect(run).toMatchObject({
      status: 'failed',
      error: { code: 'mapping', message: expect.stringContaining('fil_01jd') },
    });
    expect(calls).toEqual([]);
  });
});
