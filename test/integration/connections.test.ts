import { randomBytes } from 'node:crypto';
import { ConnectionUses } from '../../src/connections/connection-uses.js';
import { Connection } from '../../src/connections/connection.entity.js';
import { connectionPatchSchema, newConnectionSchema } from '../../src/connections/connection.schema.js';
import { ConnectionsService } from '../../src/connections/connections.service.js';
import { OAuthTokens } from '../../src/connections/oauth/oauth-tokens.service.js';
import { TokenStore } from '../../src/connections/oauth/token-store.js';
import { SignIns } from '../../src/connections/sign-ins.service.js';
import { TransportSeal } from '../../src/connections/transport/transport-seal.js';
import type { HooklineError } from '../../src/core/errors.js';
import { formatId, newUuid, parseId } from '../../src/core/id.js';
import type { Role } from '../../src/core/role.js';
import { readConfig } from '../../src/platform/config/config.js';
import type { Database } from '../../src/platform/database/database.js';
import { EgressGuard } from '../../src/platform/http/egress-guard.js';
import { HttpClient } from '../../src/platform/http/http.client.js';
import { silentLogger } from '../../src/platform/logging/logger.js';
import { OAuthClient } from '../../src/platform/oauth/oauth.client.js';
import { Secrets } from '../../src/platform/secrets/secrets.js';
import { selfSigned } from '../support/self-signed.js';
import { openTestDatabase } from '../support/database.js';
import { until } from '../support/until.js';

const [KEY, NEWER_KEY] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
const BY = 'key_test';

describe('connections', () => {
  let database: Database;
  const opened: SignIns[] = [];

  beforeAll(async () => {
    database = await openTestDatabase([Connection]);
  });
  afterAll(async () => {
    for (const each of opened) await each.onModuleDestroy();
    await database.close();
  });

  /** As a process with these keys has them. */
  async function partsWith(keys: string) {
    const config = readConfig({ HOOKLINE_SECRET_KEY: keys });
    const secrets = new Secrets(config);
    const transports = new TransportSeal(secrets);
    const store = new TokenStore(database, secrets, transports);
    const oauth = new OAuthTokens(store, new OAuthClient(new HttpClient(new EgressGuard([]))), silentLogger);
    const signIns = new SignIns(database, secrets, oauth, transports, silentLogger);
    await signIns.onModuleInit();
    opened.push(signIns);
    return {
      signIns,
      service: new ConnectionsService(database, config, secrets, signIns, store, transports, silentLogger),
    };
  }
  const made = (service: ConnectionsService, auth: object, rest: object = {}) =>
    service.create(newConnectionSchema.parse({ name: 'CRM', auth, ...rest }), BY);
  const edited = (service: ConnectionsService, id: string, patch: object, role: Role = 'developer') =>
    service.edit(parseId('con', id)!, connectionPatchSchema.parse(patch), { id: BY, role });
  const headerOf = async (signIns: SignIns, id: string) => {
    const found = await signIns.of(id);
    if (found.kind !== 'ready') return found.error.message;
    const outcome = found.signIn.sign(
      { method: 'GET', url: 'https://a.test', headers: [], body: null },
      { id: 'test', nowMs: 0 },
    );
    return outcome.kind === 'signed' ? outcome.sent.headers.flat().join(': ') : outcome.message;
  };
  const faultsOf = async (work: Promise<unknown>) => {
    const error = (await work.then(() => null).catch((thrown: unknown) => thrown)) as HooklineError;
    return error.faults.map(({ path, code }) => `${path} ${code}`);
  };

  it('keep their secret where an edit leaves it out or gives its mask', async () => {
    const { service, signIns } = await partsWith(KEY);
    const { id } = await made(service, { type: 'basic', username: 'ann', password: 'one' });
    await edited(service, id, { name: 'Renamed', auth: { type: 'basic', username: 'bob' } });
    expect(await headerOf(signIns, id)).toBe(`Authorization: Basic ${Buffer.from('bob:one').toString('base64')}`);
    await edited(service, id, { auth: { type: 'basic', password: '••••' } });
    expect(await headerOf(signIns, id)).toBe(`Authorization: Basic ${Buffer.from('bob:one').toString('base64')}`);
    const view = await edited(service, id, { auth: { type: 'basic', password: 'two' } });
    expect(await headerOf(signIns, id)).toBe(`Authorization: Basic ${Buffer.from('bob:two').toString('base64')}`);
    expect(view).toMatchObject({ name: 'Renamed', auth: { type: 'basic', username: 'bob', password: '••••' } });
  });

  it('need the secret of the new type where the type changes', async () => {
    const { service, signIns } = await partsWith(KEY);
    const { id } = await made(service, { type: 'bearer', token: 'one' });
    expect(await faultsOf(edited(service, id, { auth: { type: 'api-key', name: 'X-Key', in: 'header' } }))).toEqual([
      '/auth/value required',
    ]);
    expect(await headerOf(signIns, id)).toBe('Authorization: Bearer one');
    await edited(service, id, { auth: { type: 'none' } });
    expect(await headerOf(signIns, id)).toBe('');
    expect(await faultsOf(edited(service, id, { auth: { type: 'bearer' } }))).toEqual(['/auth/token required']);
  });

  it('ask for their secrets again where a developer sends them another way, or to others', async () => {
    const { service, signIns } = await partsWith(KEY);
    const { id } = await made(
      service,
      { type: 'bearer', token: 'one' },
      { proxy: { url: 'http://a.test', password: 'p' } },
    );
    const { cert } = selfSigned('a.test');
    for (const patch of [{ skipVerify: true }, { ca: cert }, { servername: 'b.test' }]) {
      expect(await faultsOf(edited(service, id, { tls: patch }))).toEqual(['/auth/token secret_needed']);
    }
    const proxy = { url: 'http://b.test' };
    expect(await faultsOf(edited(service, id, { proxy }))).toEqual([
      '/proxy/password secret_needed',
      '/auth/token secret_needed',
    ]);
    expect(await faultsOf(edited(service, id, { proxy, auth: { type: 'bearer', token: '••••' } }))).toHaveLength(2);
    const auth = { type: 'bearer', token: 'two' };
    expect(await faultsOf(edited(service, id, { proxy, auth }))).toEqual(['/proxy/password secret_needed']);
    await edited(service, id, { proxy: { ...proxy, password: 'q' }, tls: { skipVerify: true }, auth });
    expect(await headerOf(signIns, id)).toBe('Authorization: Bearer two');
    const view = await edited(service, id, { proxy: { url: 'http://c.test' }, tls: { ca: cert } }, 'administrator');
    expect(view).toMatchObject({ proxy: { url: 'http://c.test', password: '••••' }, tls: { skipVerify: true } });
    // Fewer is no more: no secret is asked for.
    await edited(service, id, { proxy: { username: 'ann' }, tls: { skipVerify: false } });
    await edited(service, id, { proxy: null });
  });

  it('tell every process of a change', async () => {
    const [one, other] = [await partsWith(KEY), await partsWith(KEY)];
    const { id } = await made(one.service, { type: 'bearer', token: 'one' });
    expect(await headerOf(other.signIns, id)).toBe('Authorization: Bearer one');
    await edited(one.service, id, { auth: { type: 'bearer', token: 'two' } });
    expect(await headerOf(one.signIns, id)).toBe('Authorization: Bearer two');
    // A notification travels over a connection of its own; whoever listens on it later hears it later.
    await until('the other process is told', async () => !(await headerOf(other.signIns, id)).endsWith('one'));
    expect(await headerOf(other.signIns, id)).toBe('Authorization: Bearer two');
  });

  it('are read once, however often they are used', async () => {
    const { service, signIns } = await partsWith(KEY);
    const { id } = await made(service, { type: 'bearer', token: 'one' });
    const found = await Promise.all(Array.from({ length: 20 }, () => signIns.of(id)));
    expect(new Set(found).size).toBe(1);
    expect(await signIns.of(id)).toBe(found[0]);
  });

  it('open under any key of the list, and are sealed again under the first', async () => {
    const old = await partsWith(KEY);
    const { id } = await made(old.service, { type: 'bearer', token: 'one' });
    const rotated = await partsWith(`${NEWER_KEY},${KEY}`);
    expect(await headerOf(rotated.signIns, id)).toBe('Authorization: Bearer one');
    await edited(rotated.service, id, { auth: { type: 'bearer' } });
    expect(await headerOf((await partsWith(NEWER_KEY)).signIns, id)).toBe('Authorization: Bearer one');
  });

  it('say which key is missing, lose nothing, and can be mended by giving the secret again', async () => {
    const { id } = await made((await partsWith(KEY)).service, { type: 'bearer', token: 'one' });
    const other = await partsWith(NEWER_KEY);
    expect(await other.signIns.of(id)).toMatchObject({
      kind: 'waiting',
      error: { code: 'auth', message: expect.stringMatching(/"CRM" cannot be opened.*HOOKLINE_SECRET_KEY/) },
    });
    await edited(other.service, id, { name: 'Renamed' });
    expect(await headerOf((await partsWith(KEY)).signIns, id)).toBe('Authorization: Bearer one');
    await expect(edited(other.service, id, { auth: { type: 'bearer' } })).rejects.toMatchObject({
      code: 'secret_unreadable',
    });
    await edited(other.service, id, { auth: { type: 'bearer', token: 'two' } });
    expect(await headerOf(other.signIns, id)).toBe('Authorization: Bearer two');
  });

  it('open in their own row only', async () => {
    const { service, signIns } = await partsWith(KEY);
    const ids = [
      await made(service, { type: 'bearer', token: 'one' }),
      await made(service, { type: 'bearer', token: 'two' }),
    ].map(({ id }) => parseId('con', id));
    await database.source.query(
      `update connections set secret = (select secret from connections where id = $1) where id = $2`,
      ids,
    );
    expect(await headerOf(signIns, formatId('con', ids[1]!))).toContain('was changed or moved');
  });

  it('are not deleted while an integration uses them, also not at the same moment', async () => {
    const { service } = await partsWith(KEY);
    const { id } = await made(service, { type: 'none' });
    const uses = new ConnectionUses();
    const integration = { id: newUuid(), name: 'New task' };
    await database.source.query(
      `insert into integrations (id, name, draft, connectors, created_by) values ($1, $2, '{}', '{}', 'test')`,
      [integration.id, integration.name],
    );
    let deletion: Promise<unknown> = Promise.resolve();
    await database.source.transaction(async (tx) => {
      await uses.record(tx, integration, [id, formatId('con', newUuid())]);
      deletion = service.remove(parseId('con', id)!).catch((error: unknown) => error);
      await until('the deletion waits for the integration', async () => {
        const [{ count }] = await database.source.query<{ count: number }[]>(
          `select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return count === 1;
      });
    });
    expect(await deletion).toMatchObject({
      code: 'connection_in_use',
      message: expect.stringContaining('"New task"'),
    });
    expect((await service.one(parseId('con', id)!)).usedBy).toEqual([
      { id: formatId('int', integration.id), name: 'New task' },
    ]);
    await database.source.query(`delete from integrations where id = $1`, [integration.id]);
    await service.remove(parseId('con', id)!);
    await expect(service.one(parseId('con', id)!)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('come in pages, newest first', async () => {
    const { service } = await partsWith(KEY);
    const ids = [];
    for (let count = 0; count < 3; count++) ids.unshift((await made(service, { type: 'none' })).id);
    const first = await service.list({ limit: 2 });
    const second = await service.list({ limit: 1, cursor: first.nextCursor! });
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(ids);
  });
});
