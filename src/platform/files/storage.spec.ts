import { readdirSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { storageOf } from './storage.js';

/** Spooled uploads that this process has open. Only Linux tells. */
const open = () =>
  readdirSync('/proc/self/fd')
    .map((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`);
      } catch {
        return '';
      }
    })
    .filter((path) => path.includes('hookline-upload-'));

describe('a bucket', () => {
  (process.platform === 'linux' ? it : it.skip)('that fails leaves no upload open', async () => {
    process.env.AWS_ACCESS_KEY_ID ??= 'test';
    process.env.AWS_SECRET_ACCESS_KEY ??= 'test';
    const server = createServer((request) => request.socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const storage = storageOf({ kind: 'bucket', bucket: 'files', prefix: '', endpoint, region: 'us-east-1' });
    await expect(storage.put('a', Readable.from([Buffer.alloc(1024 * 1024)]))).rejects.toThrow();
    while (open().length > 0) await new Promise((resolve) => setImmediate(resolve));
    server.close();
  });
});
