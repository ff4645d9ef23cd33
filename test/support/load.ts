import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, call } from './administrator.js';
import type { HooklineProcess } from './processes.js';
import type { Received, StubReceiver } from './stub-receiver.js';
import { until } from './until.js';

const PATIENCE_MS = 60_000;
const CLIENTS = 16;

/** mulberry32: the same numbers in [0, 1) for the same seed, so that a failed run can be done again. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Two chained steps: what the second sends comes from the answer to the first. */
export const twoSteps = (stub: StubReceiver, rest: object = {}): object[] => [
  {
    ...rest,
    key: 'one',
    action: 'post',
    input: { url: `${stub.url}/one`, body: [{ key: 'n', value: '{{ trigger.data.n }}' }] },
  },
  {
    ...rest,
    key: 'two',
    action: 'post',
    input: { url: `${stub.url}/two`, body: [{ key: 'n', value: '{{ steps.one.body.n }}' }] },
  },
];

/** Answers both steps after so many milliseconds, with the number that was sent. */
export function answerAfter(stub: StubReceiver, delayMs: () => number): void {
  const answer = (
    request: Received,
    response: { end(text: string): unknown; setHeader(name: string, value: string): unknown },
  ) => {
    setTimeout(() => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ n: JSON.parse(request.body).n }));
    }, delayMs());
  };
  stub.always('/one', answer);
  stub.always('/two', answer);
}

/**
 * Clients as they should be: each sends numbered events, one after the other, and sends one that was not answered, or
 * answered 503, again with the same source and id.
 */
export class Load {
  /** The run of each event that was answered 202 or 200, by the event's number. */
  readonly runs = new Map<number, string>();
  /** Sendings that came to nothing and were repeated. */
  repeats = 0;
  /** When the last 202 or 200 came, on the monotonic clock. */
  lastAnswerAt = 0;
  private next = 0;
  private stopped = false;

  /** @param target where to send just now: another address after a restart. */
  constructor(
    private readonly target: () => string,
    private readonly source: string,
  ) {}

  /** Resolves when so many events, or fewer where it was stopped, are answered. About so many come in a second. */
  async send(events: number, perSecond = 1_000): Promise<void> {
    const last = this.next + events;
    const client = async () => {
      while (this.next < last && !this.stopped) {
        await this.sendOne(this.next++);
        await sleep((CLIENTS * 1_000) / perSecond);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
  }

  /** No new events; those under way are still sent until they are answered. */
  stop(): void {
    this.stopped = true;
  }

  private async sendOne(n: number): Promise<void> {
    const answered = async () => {
      const answer = await this.post(n);
      if (answer && answer.status !== 503) return answer;
      this.repeats++;
      return null;
    };
    const { status, body } = await until(`event ${n} is answered`, answered, PATIENCE_MS);
    if ((status !== 202 && status !== 200) || body.runs?.length !== 1) {
      throw new Error(`Event ${n} was answered ${status}: ${JSON.stringify(body)}`);
    }
    this.lastAnswerAt = performance.now();
    this.runs.set(n, body.runs[0]);
  }

  /** Null: nobody answered. */
  private post(n: number): Promise<Answer | null> {
    const event = { type: 'project.task.completed', source: this.source, id: String(n), data: { n } };
    return call(this.target(), 'POST', '/api/v1/events', event).catch(() => null);
  }
}

/** What came of a load, by the program's record and by the receiver's. */
export interface Reckoning {
  /** Events whose two calls both arrived, and whose run says so. */
  delivered: number;
  /** Calls that arrived more than once, and the attempts that are recorded as unknown. */
  repeated: number;
  unknown: number;
  /** Everything that must not be, in words. */
  faults: string[];
}

/** Waits until nothing is queued, running or waiting any more, then holds each run against the receiver's log. */
export async function reckon(program: HooklineProcess, load: Load, stub: StubReceiver): Promise<Reckoning> {
  await atRest(program);
  const calls = Map.groupBy(stub.received, ({ headers }) => String(headers['idempotency-key']));
  const sum: Reckoning = { delivered: 0, repeated: 0, unknown: 0, faults: [] };
  await each([...load.runs], async ([n, id]) => {
    const { body: run } = await program.call('GET', `/api/v1/runs/${id}`);
    let arrived = 0;
    if (run.status !== 'succeeded')
      sum.faults.push(`event ${n}: its run ${id} is ${run.status} ${JSON.stringify(run.error)}`);
    for (const step of run.steps) {
      const key = `${id}:${step.key}`;
      const count = (status: string) => step.attempts.filter((attempt: any) => attempt.status === status).length;
      const got = calls.get(key) ?? [];
      calls.delete(key);
      if (got.length > 0 && got.every((each) => JSON.parse(each.body).n === n)) arrived++;
      if (count('succeeded') !== 1 || count('started') + count('failed') > 0) {
        const states = step.attempts.map((attempt: any) => `${attempt.status} ${JSON.stringify(attempt.error)}`);
        sum.faults.push(`event ${n}, step ${step.key}: its attempts are ${states.join(', ')}`);
      }
      if (got.length > 1 + count('unknown')) {
        sum.faults.push(`event ${n}, step ${step.key}: called ${got.length} times, ${count('unknown')} unknown`);
      }
      sum.repeated += Math.max(got.length - 1, 0);
      sum.unknown += count('unknown');
    }
    if (arrived === 2) sum.delivered++;
    else sum.faults.push(`event ${n}: lost, ${arrived} of 2 calls arrived`);
  });
  for (const [key, got] of calls) sum.faults.push(`${got.length} calls of ${key}, which no event of ours started`);
  return sum;
}

/** Runs that have ended, by id, as they are listed. */
export async function endedRuns(program: HooklineProcess): Promise<Map<string, string>> {
  const ended = new Map<string, string>();
  for (let cursor = ''; ;) {
    const path = `/api/v1/runs?status=succeeded,failed,canceled&limit=100${cursor && `&cursor=${cursor}`}`;
    const { body } = await program.call('GET', path);
    for (const run of body.data) ended.set(run.id, JSON.stringify(run));
    if (body.nextCursor === null) return ended;
    cursor = body.nextCursor;
  }
}

async function atRest(program: HooklineProcess): Promise<void> {
  const open = async () => (await program.call('GET', '/api/v1/runs?status=queued,running,waiting&limit=3')).body.data;
  try {
    await until('every run has ended', async () => (await open()).length === 0, PATIENCE_MS);
  } catch (error) {
    throw new Error(`${String(error)} ${JSON.stringify(await open())}\n${program.tail()}`, { cause: error });
  }
}

async function each<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const worker = async () => {
    for (let item = items.pop(); item !== undefined; item = items.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}
