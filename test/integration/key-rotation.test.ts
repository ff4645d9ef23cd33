import { randomBytes } from 'node:crypto';
import { newUuid } from '../../src/core/id.js';
import { readConfig } from '../../src/platform/config/config.js';
import type { Database } from '../../src/platform/database/database.js';
import { KeyRotation } from '../../src/platform/secrets/key-rotation.js';
import { SEALED_COLUMNS, type KnownPlace } from '../../src/platform/secrets/sealed-columns.js';
import { Secrets } from '../../src/platform/secrets/secrets.js';
import { openTestDatabase } from '../support/database.js';

const [OLD, NEW, LOST] = Array.from({ length: 3 }, () => randomBytes(32).toString('base64'));
const secretsOf = (keys: string) => new Secrets(readConfig({ HOOKLINE_SECRET_KEY: keys }));
const [old, both, fresh, lost] = [OLD, `${NEW},${OLD}`, NEW, LOST].map(secretsOf);
const placeOf = (id: string): KnownPlace => ({ table: 'connections', column: 'secret', id });

describe('the rotation of the keys', () => {
  let database: Database;

  beforeEach(async () => {
    database = await openTestDatabase();
  });
  afterEach(() => database.close());

  const insert = async (secrets: Secrets, text: string): Promise<string> => {
    const id = newUuid();
    await database.source.query(
      `insert into connections (id, name, allowed_hosts, auth, secret, created_by) values ($1, 'CRM', '{}', '{}', $2, 'test')`,
      [id, await secrets.seal(text, placeOf(id))],
    );
    return id;
  };
  const write = async (secrets: Secrets, id: string, text: string) =>
    database.source.query(`update connections set secret = $2 where id = $1`, [
      id,
      await secrets.seal(text, placeOf(id)),
    ]);
  const read = async (secrets: Secrets, id: string) => {
    const [{ secret }] = await database.source.query<{ secret: string }[]>(
      `select secret from connections where id = $1`,
      [id],
    );
    return secrets.open(secret, placeOf(id));
  };
  const rotated = async (...rest: ConstructorParameters<typeof KeyRotation> extends [any, ...infer R] ? R : never) =>
    (await new KeyRotation(database, ...rest).run()).find(
      ({ table, column }) => table === 'connections' && column === 'secret',
    )!;

  it.each(SEALED_COLUMNS)(
    'knows the column $column of $table, and its primary key',
    async ({ table, column, id, key }) => {
      await database.source.query(`select ${id}::text, ${column} from ${table}`);
      const primary = await database.source.query<{ name: string }[]>(
        `select a.attname as name from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
        where i.indrelid = $1::regclass and i.indisprimary`,
        [table],
      );
      expect(key.match(/\w+/g)).toEqual(primary.map(({ name }) => name));
    },
  );

  it('seals what another key has sealed with the first one, and leaves what that has sealed', async () => {
    const ids = await Promise.all(['a', 'b'].map((text) => insert(old, text)));
    const already = await insert(fresh, 'c');
    expect(await rotated(both)).toMatchObject({ resealed: 2, already: 1, unopened: [], left: 0 });
    expect(await Promise.all([...ids, already].map((id) => read(fresh, id)))).toEqual(['a', 'b', 'c']);
    expect(await rotated(both)).toMatchObject({ resealed: 0, already: 3, unopened: [], left: 0 });
  });

  it('goes through every row, batch after batch, and says how far it is', async () => {
    for (let at = 0; at < 1_201; at += 1) await insert(at % 100 === 0 ? lost : old, String(at));
    const seen: number[] = [];
    const note = ({ table, resealed }: { table: string; resealed: number }) =>
      table === 'connections' && seen.push(resealed);
    const { resealed, unopened } = await rotated(both, note);
    expect({ resealed, unopened: unopened.length }).toEqual({ resealed: 1_188, unopened: 13 });
    expect(seen).toEqual([495, 990, 1_188]);
  });

  it('names by its id what no key opens, and what was moved to where it does not belong, and goes on', async () => {
    const unknown = await insert(lost, 'canary');
    const moved = await insert(old, 'canary');
    const good = await insert(old, 'canary');
    await database.source.query(
      `update connections set secret = (select secret from connections where id = $2) where id = $1`,
      [moved, good],
    );
    const { resealed, unopened } = await rotated(both);
    expect(resealed).toBe(1);
    expect(unopened.map(({ place, reason }) => [place.id, reason])).toEqual([
      [unknown, expect.stringContaining('HOOKLINE_SECRET_KEY does not hold')],
      [moved, expect.stringContaining('changed or moved')],
    ]);
    expect(JSON.stringify(unopened)).not.toContain('canary');
  });

  it('never replaces a secret that was written after the old one was read', async () => {
    const id = await insert(old, 'before');
    let opened = 0;
    const open: Secrets['open'] = async (sealed, place) => {
      // By a process that does not know the new key yet.
      if (opened++ === 0) await write(old, id, 'after');
      return both.open(sealed, place);
    };
    const between = { open, seal: both.seal.bind(both), prefix: both.prefix.bind(both) };
    expect(await rotated(between)).toMatchObject({ resealed: 1, left: 0 });
    expect(opened).toBe(2);
    expect(await read(fresh, id)).toBe('after');
  });

  it('waits for no lock: it goes on, and comes back for what was locked', async () => {
    const [locked, other] = [await insert(old, 'before'), await insert(old, 'other')];
    const others = await database.connect('test');
    await others.query('begin');
    await others.query(`update connections set secret = $2 where id = $1`, [
      locked,
      await old.seal('after', placeOf(locked)),
    ]);
    expect(await rotated(both, undefined, 0)).toMatchObject({ resealed: 1, left: 1 });
    expect(await read(fresh, other)).toBe('other');
    await others.query('commit');
    await others.end();
    expect(await rotated(both)).toMatchObject({ resealed: 1, already: 1, left: 0 });
    expect(await read(fresh, locked)).toBe('after');
  });
});
