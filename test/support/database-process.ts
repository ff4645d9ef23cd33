import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { COMPILE_CACHE } from './processes.js';

const ROOT = process.cwd();
const TIMEOUT_MS = 30_000;

export interface ProgramOptions {
  /** The build to run. Default: that of this work tree. */
  dist?: string;
  uid?: number;
  gid?: number;
  env?: Record<string, string>;
}

type Line = Record<string, unknown>;

/** A real process on an embedded database (`database-program.mjs`), to talk to and to kill. */
export class DatabaseProcess {
  readonly lines: Line[] = [];
  readonly exited: Promise<number | null>;
  private readonly child: ChildProcess;
  private asked = 0;
  private stderr = '';
  private readonly news = new EventEmitter();

  constructor(dataDir: string, { dist = join(ROOT, 'dist'), env = {}, ...account }: ProgramOptions = {}) {
    const script = join(ROOT, 'test/support/database-program.mjs');
    this.child = spawn(process.execPath, [script, dist, dataDir], {
      stdio: 'pipe',
      cwd: '/',
      env: { ...process.env, ...COMPILE_CACHE, ...env },
      ...account,
    });
    createInterface({ input: this.child.stdout! }).on('line', (line) => {
      this.lines.push(JSON.parse(line) as Line);
      this.news.emit('line');
    });
    this.child.stderr!.on('data', (data: Buffer) => (this.stderr += data.toString()));
    this.child.stdin!.on('error', () => {}); // it was killed
    this.exited = new Promise((resolve) => this.child.once('close', (code) => resolve(code)));
    void this.exited.then(() => this.news.emit('line'));
  }

  /** Its first line that is like this. Throws when the process fails, ends or says nothing like it for 30 s. */
  async next(isLike: (line: Line) => boolean): Promise<Line> {
    const late = AbortSignal.timeout(TIMEOUT_MS);
    for (;;) {
      const found = this.lines.find(isLike);
      if (found) return found;
      const failed = this.lines.find((line) => 'failed' in line);
      if (failed) throw new Error(String(failed.failed));
      if (this.child.exitCode !== null || this.child.signalCode !== null || late.aborted) {
        throw new Error(`The program said no such thing: ${JSON.stringify(this.lines)} ${this.stderr}`);
      }
      await once(this.news, 'line', { signal: late }).catch(() => undefined);
    }
  }

  ready(): Promise<Line> {
    return this.next((line) => 'ready' in line);
  }

  /** The answer to one statement: `rows`, or `error` and whether it counts as `unavailable`. */
  query(sql: string): Promise<Line> {
    const number = ++this.asked;
    this.child.stdin!.write(`${JSON.stringify(sql)}\n`);
    return this.next((line) => line.answer === number);
  }

  /** As SIGTERM does in the real program: everything is closed, the database last. */
  async close(): Promise<void> {
    this.child.stdin!.write('""\n');
    await this.exited;
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.child.kill(signal);
    await this.exited;
  }

  /** Of log lines so far. */
  logged(event: string): boolean {
    return this.lines.some((line) => line.log === event);
  }
}

/** Process id of the server on a data folder, whoever started it; null where none runs. */
export function serverPid(dataDir: string): number | null {
  const file = join(dataDir, 'postgres/postmaster.pid');
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  return isRunning(pid) ? pid : null;
}

export function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}
