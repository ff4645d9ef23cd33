import { readFileSync, writeFileSync } from 'node:fs';
import * as bad from '../support/bad-receiver.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { send, turnedOn } from '../support/engine.js';
import { type HooklineProcess, Processes } from '../support/processes.js';
import { until } from '../support/until.js';

/** `npm run test:long` reads answers that may become files too, to their limit of 100 MiB each. */
const LONG = process.env.HOOKLINE_TEST_LONG === '1';
const CALLS = 50;
const PATIENCE_MS = LONG ? 600_000 : 120_000;

interface Flood {
  what: string;
  make: () => { script: bad.Script; sent: () => number };
}

const zeros = Buffer.alloc(65_536);
const endless = (status: string) => bad.endless(`HTTP/1.1 ${status}\r\ncontent-type: text/plain\r\n\r\n`, zeros);
const FLOODS: Flood[] = [
  { what: 'bombs of gzip under an error', make: () => bad.gzipBomb('500 Internal Server Error') },
  { what: 'errors without end', make: () => endless('500 Internal Server Error') },
];
const LONG_FLOODS: Flood[] = [
  { what: 'bombs of gzip', make: () => bad.gzipBomb() },
  { what: 'bodies without end', make: () => endless('200 OK') },
];

describe('the memory of the program', () => {
  let database: TestDatabase;
  let processes: Processes;
  let receiver: bad.BadReceiver;
  let program: HooklineProcess;
  let floods: ReturnType<Flood['make']>[] = [];

  beforeAll(async () => {
    [database, processes] = await Promise.all([createTestDatabase(), Processes.make()]);
    receiver = await bad.startBadReceiver((request, socket) =>
      floods[Number(request.head.split(/[ /]+/)[1])].script(request, socket),
    );
    program = await processes.start({ DATABASE_URL: database.url });
    const step = { key: 'a', action: 'get', timeoutMs: 300_000, retry: { attempts: 1 } };
    await turnedOn(program, [{ ...step, input: { url: `${receiver.url}/{{ trigger.data.number }}` } }]);
  }, 120_000);
  afterAll(async () => {
    await processes?.end();
    await database?.drop();
    await receiver?.close();
  });

  /** The codes that the runs end with, one for each flood, all of them at once. */
  const meet = async ({ make }: Flood, count: number): Promise<string[]> => {
    floods = Array.from({ length: count }, make);
    const sent = await Promise.all(floods.map((_, number) => send(program, { number })));
    const codes: string[] = [];
    for (const { body } of sent) {
      const ended = async () => {
        const run = (await program.call('GET', `/api/v1/runs/${body.runs[0]}`)).body;
        return ['succeeded', 'failed'].includes(run.status) && run;
      };
      codes.push((await until('the run ends', ended, PATIENCE_MS)).error?.code);
    }
    await receiver.idle();
    return codes;
  };

  it.each([...FLOODS, ...(LONG ? LONG_FLOODS : [])])(
    `stays flat where ${CALLS} receivers send $what at the same time`,
    async (flood) => {
      // A process that has never worked grows by that alone: its heap is not warm yet.
      await meet(flood, 10);
      const peak = watchMemory(program.pid);
      expect(await meet(flood, CALLS)).toEqual(Array.from({ length: CALLS }, () => 'limit'));
      const grownMiB = peak();
      process.stdout.write(`${CALLS} × ${flood.what}: memory grew by ${grownMiB} MiB at most\n`);
      expect(grownMiB).toBeLessThan(200); // held in memory, they were 450 and more
      for (const { sent } of floods) expect(sent()).toBeLessThan(LONG ? 200_000_000 : 50_000_000);
    },
    2 * PATIENCE_MS,
  );
});

/** Answers by how many MiB the resident memory was above that of now, at most: the kernel keeps the peak. */
function watchMemory(pid: number): () => number {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const figure = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]);
  const before = figure('VmRSS');
  return () => Math.round((figure('VmHWM') - before) / 1024);
}
