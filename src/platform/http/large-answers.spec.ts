import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import * as bad from '../../../test/support/bad-receiver.js';
import { HttpCalls, failure, response } from '../../../test/support/http-calls.js';
import { KeptBody, type ReadBody } from './body-keeper.js';
import { Spool } from './spool.js';

const MIB = 1024 * 1024;
const large = randomBytes(5 * MIB);

describe('a large answer', () => {
  const http = new HttpCalls();
  const { receive, send } = http;
  afterEach(http.end);

  it.each(['', 'content-encoding: gzip\r\n'])('that may be held is whole in the end (%j)', async (headers) => {
    await receive(bad.ok(headers === '' ? large : gzipSync(large), headers));
    for (let n = 0; n < 2; n++) {
      const { body, bytes, stored } = response(await send({ maxResponseBytes: 10 * MIB }));
      expect([bytes, stored, body.equals(large)]).toEqual([large.length, false, true]);
    }
    expect(http.receiver.connections()).toBe(1);
  });

  it.each([100_000, MIB, 3 * MIB])(
    'that is larger than may be held (%d) is handed on from its first byte',
    async (max) => {
      await receive(bad.ok(large));
      let taken: Buffer | null = null;
      const overflow = {
        maxBytes: 10 * MIB,
        takes: () => true,
        store: async (body: AsyncIterable<Uint8Array>) => void (taken = await buffer(body)),
      };
      const answer = response(await send({ maxResponseBytes: max, overflow }));
      expect(answer).toMatchObject({ stored: true, bytes: large.length, body: Buffer.alloc(0) });
      expect(taken!.equals(large)).toBe(true);
    },
  );

  it('that stops on the way ends with its call', async () => {
    await receive(bad.answer(`HTTP/1.1 200 OK\r\ncontent-length: ${large.length}\r\n\r\n`, large.subarray(0, 4 * MIB)));
    for (const maxResponseBytes of [3 * MIB, 10 * MIB]) {
      const overflow = {
        maxBytes: 10 * MIB,
        takes: () => true,
        store: async (body: AsyncIterable<Uint8Array>) => void (await buffer(body)),
      };
      expect(failure(await send({ maxResponseBytes, overflow, timeoutMs: 300 })).code).toBe('total_timeout');
      await http.receiver.idle();
    }
  });
});

describe('its bytes wait in a file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hookline-spool-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('that has no name, so that a crash leaves nothing of them', async () => {
    const spool = new Spool(folder);
    await new Promise<unknown>((resolve) => spool.write(large, resolve));
    expect(await readdir(folder)).toEqual([]);
    await spool.close();
    expect((await spool.whole()).equals(large)).toBe(true);
    spool.destroy();
    await once(spool, 'close');
  });

  it('or, where none can be made, are lost with this call alone, which may go better the next time', async () => {
    const outcome = new Promise<string>((resolve) => {
      const events = {
        onDrain: () => undefined,
        onFailure: ({ code, message }: Error & { code: string }) => resolve(`${code}: ${message}`),
      };
      const limits = { maxBytes: 10 * MIB, overflow: null };
      const body = new KeptBody(limits, 'https://example.com', events, join(folder, 'nowhere'));
      body.write(large);
      body.end(({ bytes }: ReadBody) => resolve(`${bytes} bytes`));
    });
    expect(await outcome).toBe('reset: The answer of https://example.com is large, and could not be stored just now.');
  });
});
