import { randomBytes } from 'node:crypto';
import { openClient } from '../../src/platform/database/connections.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { send, turnedOn } from '../support/engine.js';
import { type HooklineProcess, Processes } from '../support/processes.js';
import { StubReceiver } from '../support/stub-receiver.js';
import { until } from '../support/until.js';

const [OLD, NEW] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
const SEALED = ['connections.secret', 'connections.transport_secret', 'oauth_tokens.tokens', 'hook_urls.token'];
const BASIC = { type: 'basic', username: 'ann', password: 'c4nary-of-rotation' };
const AUTHORIZATION = `Basic ${Buffer.from(`ann:${BASIC.password}`).toString('base64')}`;

describe('npm run rotate-keys', () => {
  let processes: Processes;
  let stub: StubReceiver;
  let database: TestDatabase;

  beforeEach(async () => {
    [processes, stub, database] = await Promise.all([Processes.make(), StubReceiver.start(), createTestDatabase()]);
    stub.always('/a', { status: 200 });
  });
  afterEach(async () => {
    await processes.end();
    await stub.stop();
    await database.drop();
  });

  const envOf = (keys: string) => ({ DATABASE_URL: database.url, HOOKLINE_SECRET_KEY: keys });
  const start = (keys: string) => processes.start(envOf(keys));
  const command = (keys: string) => processes.spawn(envOf(keys), 'rotate-keys.js');
  const rotated = async (keys: string) => {
    const ran = command(keys);
    const { code } = await ran.ended;
    return { code, lines: ran.lines.filter((line) => !line.endsWith('…')), errors: ran.errors };
  };
  const made = async (program: HooklineProcess, rest: object) => {
    const { status, body } = await program.call('POST', '/api/v1/connections', { name: 'CRM', ...rest });
    expect({ status, errors: body.errors }).toEqual({ status: 201, errors: undefined });
    return body.id as string;
  };
  /** Something in every column that is sealed for longer than a sign-in takes. */
  const fill = async (program: HooklineProcess) => {
    const connectionId = await made(program, { auth: BASIC });
    await made(program, { auth: BASIC, proxy: { url: 'http://127.0.0.1:1', username: 'ann', password: 'pr0xy' } });
    await made(program, {
      auth: {
        ...{ type: 'oauth2', authorizationUrl: `${stub.url}/authorize`, accessTokenUrl: `${stub.url}/token` },
        ...{ clientId: 'id', clientSecret: 's3cret', scope: '', accessToken: 'pasted' },
      },
    });
    await turnedOn(program, [{ key: 'a', action: 'get', input: { url: `${stub.url}/a` } }], {
      trigger: { type: 'webhook', methods: ['POST'] },
    });
    return connectionId;
  };
  const connect = async () => {
    const client = openClient(database.url, 'hookline tests');
    await client.connect();
    return client;
  };
  const callsWith = (connectionId: string) => [
    { key: 'a', action: 'get', connectionId, input: { url: `${stub.url}/a` } },
  ];

  it('seals every secret again while calls are made with them; then the old key can go', async () => {
    const first = await start(OLD);
    await turnedOn(first, callsWith(await fill(first)));
    const { data: hooks } = (await first.call('GET', '/api/v1/integrations')).body;
    await first.stop();

    const program = await start(`${NEW},${OLD}`);
    const runs: string[] = [];
    let isRotating = true;
    const loop = (async () => {
      while (isRotating) runs.push((await send(program, { n: runs.length })).body.runs[0]);
    })();
    const { code, lines } = await rotated(`${NEW},${OLD}`);
    isRotating = false;
    await loop;
    const of = (column: string) => lines.find((line) => line.startsWith(`${column}:`));
    expect({ code, seen: SEALED.map(of) }).toEqual({
      code: 0,
      seen: SEALED.map(
        (column) => `${column}: ${of(column)!.match(/\d+/)![0]} re-sealed, 0 already, 0 that no key opens`,
      ),
    });
    expect(SEALED.map(of).join()).not.toContain(': 0 re-sealed');
    await until('every run is over', async () => {
      const { body } = await program.call('GET', `/api/v1/runs/${runs.at(-1)}`);
      return body.status !== 'queued' && body.status !== 'running';
    });
    await program.stop();

    const last = await start(NEW);
    expect(last.logged('connections.key_missing')).toBeUndefined();
    runs.push((await send(last, {})).body.runs[0]);
    await until('the last run, with the new key alone, and all before it end well', async () => {
      const states = runs.map(async (id) => (await last.call('GET', `/api/v1/runs/${id}`)).body.status as string);
      return (await Promise.all(states)).every((state) => state === 'succeeded');
    });
    expect(new Set(stub.on('/a').map(({ headers }) => headers.authorization))).toEqual(new Set([AUTHORIZATION]));
    expect(stub.on('/a')).toHaveLength(runs.length);
    // The URL of a hook is shown from what was sealed.
    expect((await last.call('GET', '/api/v1/integrations')).body.data).toEqual(hooks);
    expect(await rotated(NEW)).toMatchObject({
      code: 0,
      lines: expect.arrayContaining([expect.stringContaining('connections.secret: 0 re-sealed, 3 already')]),
    });
  }, 120_000);

  it('goes on where it was, when it was killed in the middle', async () => {
    const first = await start(OLD);
    await made(first, { auth: BASIC });
    const locked = await made(first, { auth: BASIC });
    await first.stop();
    const client = await connect();
    await client.query('begin');
    await client.query(`select from connections where name = 'CRM' order by id desc limit 1 for update`);

    const killed = command(`${NEW},${OLD}`);
    await until('one of two is sealed again', () => killed.lines.some((line) => line.endsWith('1 re-sealed …')));
    await killed.kill();
    await client.query('commit');
    const { rows } = await client.query(`select split_part(secret, '.', 2) key from connections order by id`);
    expect(new Set(rows.map(({ key }) => key as string)).size).toBe(2);
    await client.end();

    const { code, lines } = await rotated(`${NEW},${OLD}`);
    expect(code).toBe(0);
    expect(lines[0]).toBe('connections.secret: 1 re-sealed, 1 already, 0 that no key opens');
    const last = await start(NEW);
    const { body } = await last.call('POST', `/api/v1/connections/${locked}/test`, { url: `${stub.url}/a` });
    expect(body.outcome).toBe('succeeded');
    expect(stub.on('/a')[0].headers.authorization).toBe(AUTHORIZATION);
  }, 120_000);

  it('names what no key opens, shows nothing of it, and answers 1', async () => {
    const first = await start(OLD);
    await made(first, { auth: BASIC });
    await first.stop();
    const { code, lines, errors } = await rotated(NEW);
    const client = await connect();
    const { rows } = await client.query<{ id: string; secret: string }>(`select id, secret from connections`);
    await client.end();
    expect(code).toBe(1);
    expect(lines[0]).toBe('connections.secret: 0 re-sealed, 0 already, 1 that no key opens');
    expect(errors).toContain(
      `connections.secret of ${rows[0].id}: It was sealed with the key ${rows[0].secret.split('.')[1]}`,
    );
    expect(errors + lines.join()).not.toContain(rows[0].secret.split('.')[2]);
    expect(lines.at(-1)).toContain('keep the other keys');
  }, 120_000);
});
