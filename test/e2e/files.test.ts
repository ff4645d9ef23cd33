import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Config } from '../../src/platform/config/config.js';
import { useApp } from '../support/app.js';
import { until } from '../support/until.js';

const MIB = 1024 * 1024;

describe('a stored file', () => {
  const app = useApp({ env: { HOOKLINE_ROLE: 'api' } });
  let filesDir: string;
  let developer: string;
  let viewer: string;

  beforeAll(async () => {
    filesDir = (app.program.app.get(Config).files as { path: string }).path;
    developer = await keyOf('developer');
    viewer = await keyOf('viewer');
  });

  const keyOf = async (role: string): Promise<string> =>
    (await app.call('POST', '/api/v1/api-keys', { name: role, role })).body.key;

  async function upload(body: FormData | Buffer | string, headers: Record<string, string> = {}, key = developer) {
    const response = await fetch(`${app.url}/api/v1/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, ...headers },
      body: body as RequestInit['body'],
    });
    return { status: response.status, body: (await response.json()) as any };
  }

  function form(bytes: Buffer | string, filename: string, type = 'text/plain', field = 'file'): FormData {
    const made = new FormData();
    made.set(field, new Blob([bytes], { type }), filename);
    return made;
  }

  const download = (id: string) =>
    fetch(`${app.url}/api/v1/files/${id}`, { headers: { authorization: `Bearer ${viewer}` } });

  /** Every file in the storage, and every row there is. */
  async function kept(): Promise<{ stored: string[]; rows: { id: string; bytes: string }[] }> {
    const entries = await readdir(filesDir, { recursive: true, withFileTypes: true });
    const stored = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const rows = await app.database.source.query('select id, bytes from files');
    return { stored: stored.sort(), rows };
  }

  it('comes back as it was sent, as a download under its own name', async () => {
    const bytes = randomBytes(3 * MIB);
    const stored = await upload(form(bytes, '見積書 "最終".pdf', 'application/pdf'));
    expect(stored).toEqual({
      status: 201,
      body: {
        id: expect.stringMatching(/^fil_[0-9a-z]{26}$/),
        filename: expect.stringMatching(/^見積書 .*最終.*\.pdf$/),
        contentType: 'application/pdf',
        bytes: bytes.length,
      },
    });
    const answer = await download(stored.body.id);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(bytes.length),
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringMatching(/^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''%E8%A6%8B/),
      'content-security-policy': expect.stringContaining('sandbox'),
    });
  });

  it('is known by what its bytes are, and lies outside the database', async () => {
    const { body } = await upload(form('hello', 'a.txt'));
    const database = app.database.source;
    const [row] = await database.query('select * from files order by id desc limit 1');
    expect(row).toMatchObject({ filename: 'a.txt', bytes: '5', sha256: createHash('sha256').update('hello').digest() });
    const [path] = (await kept()).stored.filter((each) => each.endsWith(row.id));
    expect(await readFile(path, 'utf8')).toBe('hello');
    expect(body.bytes).toBe(5);
  });

  it('may be empty', async () => {
    const { status, body } = await upload(form('', 'nothing.txt'));
    expect({ status, bytes: body.bytes }).toEqual({ status: 201, bytes: 0 });
    expect(await (await download(body.id)).text()).toBe('');
  });

  it('never lies where its name points', async () => {
    const raw = (filename: string) =>
      `--x\r\nContent-Disposition: form-data; name="file"; filename="${filename}"\r\n\r\nhi\r\n--x--\r\n`;
    for (const name of ['../../../escaped.txt', '..\\\\..\\\\escaped.txt', '/etc/escaped.txt']) {
      const stored = await upload(raw(name), { 'content-type': 'multipart/form-data; boundary=x' });
      expect(stored).toMatchObject({ status: 201, body: { filename: 'escaped.txt', bytes: 2 } });
    }
    for (const path of (await kept()).stored) expect(path).toMatch(/\d{4}-\d\d-\d\d\/[0-9a-f-]{36}$/);
  });

  it('is shown as data, even where it says it is a page', async () => {
    const { body } = await upload(form('<script>alert(1)</script>', 'a.html', 'text/html'));
    const { headers } = await download(body.id);
    expect(headers.get('content-disposition')).toMatch(/^attachment/);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain('sandbox');
  });

  it('has a name and a type that are harmless in a header', async () => {
    const raw =
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a\tb\u0001;é.txt"\r\n' +
      'Content-Type: no type at all\r\n\r\nhi\r\n--x--\r\n';
    const { status, body } = await upload(raw, { 'content-type': 'multipart/form-data; boundary=x' });
    expect({ status, contentType: body.contentType }).toEqual({ status: 201, contentType: 'application/octet-stream' });
    expect((await download(body.id)).status).toBe(200);
  });

  it('is refused where the form is not right, and then nothing of it is kept', async () => {
    const before = await kept();
    const typed = { 'content-type': 'multipart/form-data; boundary=x' };
    const part = (headers: string, value = 'hi') => `--x\r\n${headers}\r\n\r\n${value}\r\n`;
    const file = part('Content-Disposition: form-data; name="file"; filename="a.txt"');
    const two = form('a', 'a.txt');
    two.append('file', new Blob(['b']), 'b.txt');
    const more = form('a', 'a.txt');
    more.append('note', 'hello');
    const refused = {
      noFile: await upload(`--x--\r\n`, typed),
      otherName: await upload(form('a', 'a.txt', 'text/plain', 'attachment')),
      noFilename: await upload(`${part('Content-Disposition: form-data; name="file"')}--x--\r\n`, typed),
      twoFiles: await upload(two),
      anotherField: await upload(more),
      noEnd: await upload(file, typed),
      halfAHeader: await upload('--x\r\nContent-Disposition: form-data; name="fi', typed),
      noBoundary: await upload(file, { 'content-type': 'multipart/form-data' }),
      json: await upload('{}', { 'content-type': 'application/json' }),
      nothing: await upload('', {}),
      viewer: await upload(form('a', 'a.txt'), {}, viewer),
    };
    const statuses = Object.entries(refused).map(([name, { status }]) => [name, status]);
    expect(Object.fromEntries(statuses)).toEqual({
      noFile: 422,
      otherName: 422,
      noFilename: 422,
      twoFiles: 422,
      anotherField: 422,
      noEnd: 400,
      halfAHeader: 400,
      noBoundary: 400,
      json: 415,
      nothing: 415,
      viewer: 403,
    });
    expect(refused.otherName.body.errors[0]).toMatchObject({ path: '/attachment', code: 'unknown_field' });
    expect(await kept()).toEqual(before);
  });

  it('leaves nothing behind where its sender goes away half-way', async () => {
    const before = await kept();
    const sending = httpRequest(`${app.url}/api/v1/files`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${developer}`,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': 10 * MIB,
      },
    });
    sending.on('error', () => undefined);
    sending.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n');
    sending.write(randomBytes(2 * MIB));
    await until('its bytes are stored', async () => (await kept()).stored.length > before.stored.length);
    sending.destroy();
    await until('its row is gone', async () => (await kept()).rows.length === before.rows.length);
    expect(await kept()).toEqual(before);
  });

  it('may have 100 MiB, and is never held in memory', async () => {
    const heldBefore = heldBytes();
    // Near the end: what is held for good would not go.
    const littleHeld = () => until('little is held', () => heldBytes() - heldBefore < 20 * MIB);
    const stored = await stream(100 * MIB, littleHeld);
    expect(stored).toMatchObject({ status: 201, body: { bytes: 100 * MIB } });
  }, 60_000);

  it('is refused where it has a byte more, said before or found out late', async () => {
    const before = await kept();
    expect((await stream(100 * MIB + 1)).status).toBe(413);
    expect(await announce(100 * MIB + 100_000)).toBe(413);
    expect(await kept()).toEqual(before);
  }, 60_000);

  it('is taken by no route that did not ask for one', async () => {
    const response = await fetch(`${app.url}/api/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${developer}` },
      body: form('a', 'a.txt'),
    });
    expect(response.status).toBe(415);
    await response.body?.cancel();
  });

  it('that nobody stored is not found', async () => {
    expect((await download('fil_01jd0000000000000000000000')).status).toBe(404);
  });

  /** Sends a file of this size without ever having it, its length not said before. */
  async function stream(bytes: number, nearTheEnd?: () => Promise<unknown>): Promise<{ status?: number; body: any }> {
    const headers = { authorization: `Bearer ${developer}`, 'content-type': 'multipart/form-data; boundary=x' };
    const sending = httpRequest(`${app.url}/api/v1/files`, { method: 'POST', headers });
    const answered = new Promise<IncomingMessage>((resolve, reject) =>
      sending.on('response', resolve).on('error', reject),
    );
    const chunk = randomBytes(64 * 1024);
    const send = async (each: Buffer | string) => void (sending.write(each) || (await once(sending, 'drain')));
    await send('--x\r\nContent-Disposition: form-data; name="file"; filename="big.bin"\r\n\r\n');
    for (let left = bytes; left > 0; left -= chunk.length) await send(chunk.subarray(0, left));
    await nearTheEnd?.();
    sending.end('\r\n--x--\r\n');
    const answer = await answered;
    return { status: answer.statusCode, body: await json(answer) };
  }

  /** Says how much will come, and sends nothing of it. */
  const announce = (bytes: number) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${developer}`,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': bytes,
      };
      const sending = httpRequest(`${app.url}/api/v1/files`, { method: 'POST', headers }, (answer) => {
        resolve(answer.statusCode);
        sending.destroy();
      });
      sending.on('error', reject).flushHeaders();
    });
});

/** Of buffers that somebody still needs: what is only not collected yet says nothing. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().arrayBuffers;
}
