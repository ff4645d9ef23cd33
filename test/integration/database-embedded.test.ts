import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseProcess, isRunning, type ProgramOptions, serverPid } from '../support/database-process.js';
import { until } from '../support/until.js';

const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
const nobodyCanRunNode = isRoot && spawnSync(process.execPath, ['-e', ''], { uid: NOBODY, gid: NOBODY }).status === 0;

describe('the embedded database', () => {
  let seed: string;
  let parent: string;
  let dataDir: string;
  const programs: DatabaseProcess[] = [];

  const start = (options?: ProgramOptions): DatabaseProcess => {
    const program = new DatabaseProcess(dataDir, options);
    programs.push(program);
    return program;
  };
  const started = async (options?: ProgramOptions): Promise<DatabaseProcess> => {
    const program = start(options);
    await program.ready();
    return program;
  };
  /** Of a database that was used before and stopped; saves the tests the time of a first start. */
  const useSeed = (): void => {
    expect(spawnSync('cp', ['-a', seed, dataDir]).status).toBe(0);
  };
  /** A program that stored one row and was killed, with the server still running. */
  const killedWithRow = async (): Promise<number> => {
    useSeed();
    const program = await started();
    await program.query(`create table kept (word text)`);
    await program.query(`insert into kept values ('safe')`);
    const pid = serverPid(dataDir)!;
    await program.kill('SIGKILL');
    return pid;
  };
  const expectRow = async (program: DatabaseProcess): Promise<void> => {
    await program.ready();
    expect(await program.query('select word from kept')).toMatchObject({ rows: [{ word: 'safe' }] });
  };
  const expectNothingLeft = (pid: number): void => {
    expect(isRunning(pid)).toBe(false);
    expect(serverPid(dataDir)).toBeNull();
  };

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hookline-embedded-seed-'));
    seed = join(folder, 'data');
    const program = new DatabaseProcess(seed);
    await program.ready();
    await program.close();
  });

  afterAll(() => rm(join(seed, '..'), { recursive: true, force: true }));

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'hookline-embedded-')); // of mode 0700: nobody cannot walk into it
    dataDir = join(parent, 'data');
  });

  afterEach(async () => {
    for (const program of programs.splice(0)) await program.kill('SIGKILL');
    const pid = serverPid(dataDir);
    if (pid !== null) process.kill(pid, 'SIGKILL');
    await rm(parent, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  it('keeps its data in a folder of mode 0700 and its password in a file of mode 0600', async () => {
    const program = await started();
    const modes = await Promise.all(
      ['.', 'postgres', 'database.json', 'postgres.log'].map(
        async (name) => (await stat(join(dataDir, name))).mode & 0o777,
      ),
    );
    expect(modes).toEqual([0o700, 0o700, 0o600, 0o600]);
    expect((await readdir(dataDir)).sort()).toEqual(
      ['database.json', 'postgres', 'postgres.log', 'postgres.turn', 'postgres.users'].sort(),
    );
    const pid = serverPid(dataDir)!;
    await program.close();
    expectNothingLeft(pid);
  });

  (isRoot ? it : it.skip)('runs the server as nobody where the program is root', async () => {
    useSeed();
    const program = await started();
    expect((await stat(`/proc/${serverPid(dataDir)}`)).uid).toBe(NOBODY);
    await program.close();
  });

  (nobodyCanRunNode ? it : it.skip)('runs for an ordinary user, and goes on for root later', async () => {
    await chown(parent, NOBODY, NOBODY);
    const ordinary = await started({ uid: NOBODY, gid: NOBODY });
    await ordinary.query(`create table kept as select 'safe' word`);
    await ordinary.close();
    const root = start();
    await expectRow(root);
    await root.close();
  });

  it('listens on the loopback address alone, with everything on that keeps a commit', async () => {
    useSeed();
    const program = await started();
    const { rows } = await program.query(
      `select name, setting from pg_settings where name in
       ('listen_addresses', 'fsync', 'synchronous_commit', 'full_page_writes', 'unix_socket_directories') order by name`,
    );
    expect(rows).toEqual([
      { name: 'fsync', setting: 'on' },
      { name: 'full_page_writes', setting: 'on' },
      { name: 'listen_addresses', setting: '127.0.0.1' },
      { name: 'synchronous_commit', setting: 'on' },
      { name: 'unix_socket_directories', setting: '' },
    ]);
    await program.close();
  });

  it('adopts the server that a killed program left behind', async () => {
    const pid = await killedWithRow();
    expect(isRunning(pid)).toBe(true);
    const next = start();
    await expectRow(next);
    expect(serverPid(dataDir)).toBe(pid);
    await next.close();
    expectNothingLeft(pid);
  });

  it('starts again after program and server were both killed', async () => {
    const pid = await killedWithRow();
    process.kill(pid, 'SIGKILL');
    const next = start();
    await expectRow(next);
    expect(serverPid(dataDir)).not.toBe(pid);
    await next.close();
  });

  it.each([
    ['of a process that is not PostgreSQL', `${process.pid}\n/nowhere\n1\n1\n\n\n\nready\n`],
    ['that is empty', ''],
    ['that is damaged', 'what\n'],
  ])('sees through a stale postmaster.pid %s', async (_, content) => {
    const pid = await killedWithRow();
    process.kill(pid, 'SIGKILL');
    await writeFile(join(dataDir, 'postgres/postmaster.pid'), content);
    const next = start();
    await expectRow(next);
    await next.close();
  });

  it('takes another port where its own is taken', async () => {
    const pid = await killedWithRow();
    process.kill(pid, 'SIGKILL');
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as AddressInfo;
    const known = join(dataDir, 'database.json');
    await writeFile(known, JSON.stringify({ ...JSON.parse(await readFile(known, 'utf8')), port }));
    const next = start();
    await expectRow(next);
    expect(new URL(String((await next.ready()).url)).port).not.toBe(String(port));
    squatter.close();
    await next.close();
  });

  it('sets a half-written data folder aside and begins anew', async () => {
    await mkdir(join(dataDir, 'postgres/base'), { recursive: true });
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '18\n');
    await mkdir(join(dataDir, 'postgres.new-abc123/base'), { recursive: true });
    const program = await started();
    expect(program.logged('database.incomplete_data_set_aside')).toBe(true);
    const names = await readdir(dataDir);
    expect(names.filter((name) => name.startsWith('postgres.broken-'))).toHaveLength(1);
    expect(names.filter((name) => name.startsWith('postgres.new-'))).toEqual([]);
    await program.close();
  });

  it('starts whole after the first start was killed at any moment', async () => {
    for (const isReached of firstStart(dataDir)) {
      const program = start();
      await until('so much of the first start is done', isReached);
      await program.kill('SIGKILL');
    }
    const program = await started();
    expect(await program.query('select 1 one')).toMatchObject({ rows: [{ one: 1 }] });
    await program.close();
    expect((await readdir(dataDir)).filter((name) => name.startsWith('postgres.new-'))).toEqual([]);
  });

  it.each([
    ['lost', null],
    ['damaged', '{'],
    ['of another time', '{"port":1,"password":"aaaaaaaaaaaaaaaaaaaaaaaa"}'],
  ])('finds in again where database.json is %s', async (_, content) => {
    const pid = await killedWithRow();
    if (content === null) await rm(join(dataDir, 'database.json'));
    else await writeFile(join(dataDir, 'database.json'), content);
    const next = start();
    await expectRow(next);
    expect(isRunning(pid)).toBe(false);
    await next.close();
  });

  it('is shared by programs that start at the same moment on an empty folder; the last one out stops it', async () => {
    const all = [start(), start(), start()];
    const urls = await Promise.all(all.map(async (program) => (await program.ready()).url));
    expect(new Set(urls).size).toBe(1);
    const pid = serverPid(dataDir)!;
    await all[0].close();
    await all[1].kill('SIGKILL');
    expect(serverPid(dataDir)).toBe(pid);
    expect(await all[2].query('select 1 one')).toMatchObject({ rows: [{ one: 1 }] });
    await all[2].close();
    expectNothingLeft(pid);
  });

  it.each(['SIGKILL', 'SIGQUIT', 'SIGTERM'] as const)(
    'comes back by itself when the server gets a %s',
    async (signal) => {
      useSeed();
      const programs = [await started(), await started()];
      await programs[0].query(`create table kept as select 'safe' word`);
      const pid = serverPid(dataDir)!;
      process.kill(pid, signal);
      await until('both have another server', async () => {
        const answers = await Promise.all(programs.map((program) => program.query('select word from kept')));
        for (const { rows, unavailable } of answers)
          expect([true, undefined]).toContain(rows ? undefined : unavailable);
        return ![pid, null].includes(serverPid(dataDir)) && answers.every(({ rows }) => rows);
      });
      await Promise.all(programs.map((program) => program.close()));
      expect(serverPid(dataDir)).toBeNull();
    },
  );

  it('says what to do where the data is of another version', async () => {
    useSeed();
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '17\n');
    await expect(start().ready()).rejects.toThrow(/PostgreSQL 17, this is 18/);
  });

  (isRoot ? it : it.skip)('takes data that root restored as its own', async () => {
    const pid = await killedWithRow();
    process.kill(pid, 'SIGKILL');
    await until('the server has ended', () => !isRunning(pid));
    spawnSync('chown', ['-R', '0:0', join(dataDir, 'postgres')]);
    const next = start();
    await expectRow(next);
    await next.close();
  });

  it('does not put anything of its environment into the server', async () => {
    useSeed();
    const program = await started({ env: { HOOKLINE_ADMIN_API_KEY: 'hl_canary' } });
    const environment = await readFile(`/proc/${serverPid(dataDir)}/environ`, 'utf8');
    expect(environment).not.toContain('canary');
    await program.close();
  });
});

/** How far a first start has come, by what it has written: nothing, a folder, files in it, the whole in its place. */
function firstStart(dataDir: string): (() => boolean)[] {
  const isWhole = () => existsSync(join(dataDir, 'postgres'));
  const begun = () =>
    existsSync(dataDir) ? readdirSync(dataDir).filter((name) => name.startsWith('postgres.new-')) : [];
  return [
    () => true,
    () => isWhole() || begun().length > 0,
    () => isWhole() || begun().some((name) => existsSync(join(dataDir, name, 'PG_VERSION'))),
    isWhole,
  ];
}
