import { randomBytes } from 'node:crypto';
import { FileRetention } from '../../src/runner/file-retention.js';
import { startApp, type TestApp, useApp } from '../support/app.js';
import { send, turnedOn } from '../support/engine.js';
import { S3Server } from '../support/s3-server.js';

async function upload(app: TestApp, bytes: Buffer, filename = 'a.bin'): Promise<{ status: number; body: any }> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)]), filename);
  const headers = { authorization: `Bearer ${app.adminKey}` };
  const response = await fetch(`${app.url}/api/v1/files`, { method: 'POST', headers, body: form });
  return { status: response.status, body: await response.json() };
}

const download = (app: TestApp, id: string) =>
  fetch(`${app.url}/api/v1/files/${id}`, { headers: { authorization: `Bearer ${app.adminKey}` } });

describe('files in a bucket', () => {
  let s3: S3Server;
  let app: TestApp;
  let place: string;

  beforeAll(async () => {
    process.env.AWS_ACCESS_KEY_ID = 'AKTEST';
    process.env.AWS_SECRET_ACCESS_KEY = 'secret';
    s3 = await S3Server.start('AKTEST');
    place = `s3://our-files/hookline/prod?region=eu-central-1&endpoint=${encodeURIComponent(s3.url)}`;
    app = await startApp({ env: { HOOKLINE_ROLE: 'api', HOOKLINE_FILES_URL: place } });
  });
  afterAll(async () => {
    await app?.stop();
    s3?.stop();
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
  });

  it('are stored under the prefix, whole, and come back as they were', async () => {
    const bytes = randomBytes(5 * 1024 * 1024 + 1);
    const { status, body } = await upload(app, bytes);
    expect([status, body.bytes]).toEqual([201, bytes.length]);
    const [[key, stored]] = [...s3.objects];
    expect(key).toMatch(/^\/our-files\/hookline\/prod\/\d{4}-\d{2}-\d{2}\/[0-9a-f-]{36}$/);
    expect(stored.equals(bytes)).toBe(true);
    const answer = await download(app, body.id);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('are not found where the bucket has lost them, and refused where it is away', async () => {
    const { body } = await upload(app, Buffer.from('x'));
    const kept = await upload(app, Buffer.from('kept'));
    s3.objects.clear();
    expect((await download(app, body.id)).status).toBe(404);
    const rows = await app.database.source.query<{ count: number }[]>('select count(*)::int from files');
    s3.stop();
    const refused = await upload(app, Buffer.from('y'));
    expect([refused.status, refused.body.code]).toEqual([503, 'file_storage']);
    expect(rows[0].count).toBe(3);
    expect((await download(app, kept.body.id)).status).toBe(503);
  });

  it('are not needed for a start: what was never whole is removed later', async () => {
    const { source } = app.database;
    await source.query(`insert into files (id, filename, content_type, created_at, created_by)
      values ('01900000-0000-7000-8000-000000000000', 'cut off', 'text/plain', now() - interval '2 hours', 'test')`);
    const other = await startApp({
      databaseUrl: app.database.url,
      env: { HOOKLINE_ROLE: 'api', HOOKLINE_FILES_URL: place },
    });
    expect((await other.call('GET', '/health/ready')).status).toBe(200);
    await other.stop();
  });
});

describe('a file past its days', () => {
  const app = useApp({ env: { HOOKLINE_RETENTION_DAYS: '7' } });

  const inDays = (days: number) =>
    app.program.app.get(FileRetention, { strict: false }).expire(Date.now() + days * 86_400_000);

  it('is removed, unless a definition names it or a run that is not over may still send it', async () => {
    const [lost, drawn, waiting] = await Promise.all(
      ['lost', 'drawn', 'waiting'].map(async (name) => (await upload(app, Buffer.from(name), name)).body.id as string),
    );
    const input = { url: 'http://127.0.0.1:1/', bodyType: 'form-data', body: [{ key: 'f', value: { fileId: drawn } }] };
    const id = await turnedOn(app, [{ key: 'a', action: 'custom', input }]);
    await app.call('PUT', `/api/v1/integrations/${id}/state`, { state: 'off' }); // what comes now is held
    await send(app, { attachment: { fileId: waiting } });
    expect(await inDays(6.9)).toBe(0);
    expect(await inDays(7.1)).toBe(1);
    const statuses = await Promise.all([lost, drawn, waiting].map(async (file) => (await download(app, file)).status));
    expect(statuses).toEqual([404, 200, 200]);
    await app.call('DELETE', `/api/v1/integrations/${id}`);
    expect(await inDays(7.1)).toBe(2);
  });

  it('that was never whole is removed an hour later', async () => {
    const { source } = app.database;
    await source.query(`insert into files (id, filename, content_type, created_at, created_by)
      values ('01900000-0000-7000-8000-000000000000', 'cut off', 'text/plain', now(), 'test')`);
    const unfinished = () => source.query<unknown[]>('select from files where bytes is null');
    await inDays(0);
    expect(await unfinished()).toHaveLength(1);
    await inDays(0.05);
    expect(await unfinished()).toEqual([]);
  });
});
