import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ADMIN_KEY, type Answer, call, SECRET_KEY } from './administrator.js';
import { until } from './until.js';

const BUILT = join(process.cwd(), 'dist/src');
/** What `npm start` keeps of the last start too: it halves the time that loading takes. */
export const COMPILE_CACHE = { NODE_COMPILE_CACHE: join(process.cwd(), 'dist/.compile-cache') };
const START_TIMEOUT_MS = 60_000;
const END_TIMEOUT_MS = 45_000;

/** How a process ended: its exit code, or the signal that killed it. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The built program in a process of its own, to talk to and to kill. */
export class HooklineProcess {
  /** What it wrote to standard output as JSON: its log. */
  readonly log: Record<string, unknown>[] = [];
  /** What else it wrote there. */
  readonly lines: string[] = [];
  readonly ended: Promise<Ending>;
  ending: Ending | null = null;
  errors = '';
  private readonly child: ChildProcess;

  constructor(env: Record<string, string>, program = 'main.js') {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(HOOKLINE_|PORT$|HOST$|DATABASE_)/.test(name));
    this.child = spawn(process.execPath, ['--enable-source-maps', join(BUILT, program)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...Object.fromEntries(inherited), ...COMPILE_CACHE, ...env },
    });
    createInterface({ input: this.child.stdout! }).on('line', (line) => {
      if (line.startsWith('{')) this.log.push(JSON.parse(line) as Record<string, unknown>);
      else this.lines.push(line);
    });
    this.child.stderr!.on('data', (data: Buffer) => (this.errors += data.toString()));
    this.ended = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', (code, signal) => resolve((this.ending = { code, signal })));
    });
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Known once it has started. */
  get url(): string {
    return String(this.logged('program.started')?.url);
  }

  logged(event: string): Record<string, unknown> | undefined {
    return this.log.find((line) => line.event === event);
  }

  async started(): Promise<this> {
    const look = () => this.logged('program.started') ?? this.ending;
    await until('the program starts', look, START_TIMEOUT_MS).catch(() => undefined);
    if (!this.logged('program.started')) throw new Error(`The program did not start: ${this.tail()}`);
    return this;
  }

  /** As the administrator; throws where nobody answers within 30 s. */
  readonly call = (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> =>
    call(this.url, method, path, body, headers);

  /** One figure of its `/metrics`. */
  async figure(name: string): Promise<number> {
    const { body } = await this.call('GET', '/metrics');
    const line = String(body).match(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'm'));
    if (!line) throw new Error(`No ${name} in:\n${body}`);
    return Number(line[1]);
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** As a crash or an OOM killer ends it: at once, and nothing but this process. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** SIGTERM; how it ended and after how many milliseconds. Throws where it does not end in time. */
  async stop(withinMs = END_TIMEOUT_MS): Promise<Ending & { ms: number }> {
    const begun = performance.now();
    this.child.kill('SIGTERM');
    await until(`process ${this.pid} ends after SIGTERM`, () => this.ending, withinMs).catch((error: Error) => {
      throw new Error(`${error.message}\n${this.tail()}`);
    });
    return { ...(await this.ended), ms: Math.round(performance.now() - begun) };
  }

  /** The end of what it said, for messages of failed tests. */
  tail(): string {
    const log = this.log.slice(-15).map((line) => JSON.stringify(line));
    return [...log, this.errors.slice(-2_000)].join('\n');
  }
}

const settings = (dataDir: string): Record<string, string> => ({
  PORT: '0',
  HOOKLINE_DATA_DIR: dataDir,
  HOOKLINE_ADMIN_API_KEY: ADMIN_KEY,
  HOOKLINE_SECRET_KEY: SECRET_KEY,
});

/** The processes of one test, in a folder of their own by which they are known wherever they went. */
export class Processes {
  private readonly all: HooklineProcess[] = [];

  private constructor(readonly folder: string) {}

  static async make(): Promise<Processes> {
    return new Processes(await mkdtemp(join(tmpdir(), 'hookline-processes-')));
  }

  /** The data folder of those that have no DATABASE_URL. */
  get dataDir(): string {
    return join(this.folder, 'data');
  }

  /** A copy of a stopped program's data folder, for what does not test the first start. */
  useData(seed: string): void {
    const { status, stderr } = spawnSync('cp', ['-a', seed, this.dataDir], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  }

  /** Does not wait for it to start. @param program another one of the build, in place of the main one */
  spawn(env: Record<string, string> = {}, program?: string): HooklineProcess {
    const all = { ...settings(this.dataDir), HOOKLINE_EGRESS_ALLOW: '127.0.0.1', ...env };
    const started = new HooklineProcess(all, program);
    this.all.push(started);
    return started;
  }

  start(env: Record<string, string> = {}): Promise<HooklineProcess> {
    return this.spawn(env).started();
  }

  /** What still runs of this test, the database's processes included, after a moment to end in. Linux only. */
  async left(): Promise<string[]> {
    await until('everything ends', () => this.running().length === 0, 5_000).catch(() => undefined);
    return this.running().map(({ command }) => command);
  }

  /** Kills whatever is left and removes the folder. */
  async end(): Promise<void> {
    for (const each of this.all.splice(0)) await each.kill();
    for (const { pid } of this.running()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // it has ended
      }
    }
    await this.left();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  /** Ours by environment, and the database's by the folder in which they work. */
  private running(): { pid: number; command: string }[] {
    const found: { pid: number; command: string }[] = [];
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)) {
      try {
        const ours =
          readlinkSync(`/proc/${pid}/cwd`).startsWith(this.folder) ||
          readFileSync(`/proc/${pid}/environ`, 'latin1').includes(this.folder);
        if (!ours) continue;
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        found.push({ pid: Number(pid), command });
      } catch {
        // it ended while we looked, or belongs to somebody whose processes we may not read
      }
    }
    return found;
  }
}

/** A data folder with a migrated database in it, to be copied by `useData`; whoever asked for it removes its folder. */
export async function makeSeed(): Promise<{ dataDir: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'hookline-seed-'));
  const dataDir = join(folder, 'data');
  await mkdir(dataDir, { mode: 0o700 });
  const first = new HooklineProcess(settings(dataDir));
  try {
    await first.started();
    await first.stop();
  } finally {
    await first.kill();
  }
  return { dataDir, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) };
}
