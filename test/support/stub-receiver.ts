import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface Received {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** One scripted answer; a function may hold the answer back, or never give it. */
export type ScriptedAnswer =
  | { status?: number; headers?: Record<string, string>; body?: unknown }
  | ((request: Received, response: ServerResponse) => void);

/**
 * The outside world of a test: answers by path, in the order of its script, and keeps what it got. A call to a path
 * without a script, or past its end, is answered 418 and fails `verify`; so does an answer that nobody came for.
 */
export class StubReceiver {
  readonly received: Received[] = [];
  private readonly scripts = new Map<string, { answers: ScriptedAnswer[]; forever: boolean }>();
  private readonly unexpected: string[] = [];
  private waiting: (() => void)[] = [];
  private server?: Server;

  static async start(): Promise<StubReceiver> {
    const stub = new StubReceiver();
    await stub.start();
    return stub;
  }

  /** At an address of its own, with nothing scripted and nothing received. */
  async start(): Promise<void> {
    this.received.length = this.unexpected.length = 0;
    this.scripts.clear();
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        this.answer({ method, url, headers, body: Buffer.concat(chunks).toString() }, response);
      });
    });
    await new Promise<void>((resolve) => this.server!.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server!.address() as AddressInfo).port}`;
  }

  /** Answers in this order on a path; one call each. */
  script(path: string, ...answers: ScriptedAnswer[]): void {
    this.scripts.set(path, { answers, forever: false });
  }

  /** The same answer to every call on a path. */
  always(path: string, answer: ScriptedAnswer): void {
    this.scripts.set(path, { answers: [answer], forever: true });
  }

  on(path: string): Received[] {
    return this.received.filter(({ url }) => url.split('?')[0] === path);
  }

  /** Resolves once this many requests have arrived in all. */
  async until(count: number): Promise<void> {
    while (this.received.length < count) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  verify(): void {
    const missing = [...this.scripts].flatMap(([path, { answers, forever }]) =>
      !forever && answers.length > 0 ? [`${answers.length} more on ${path}`] : [],
    );
    if (this.unexpected.length > 0) throw new Error(`Calls that no script expected: ${this.unexpected.join(', ')}`);
    if (missing.length > 0) throw new Error(`Calls that were expected and did not come: ${missing.join(', ')}`);
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => (this.server ? this.server.close(resolve) : resolve(null)));
  }

  async end(): Promise<void> {
    await this.stop();
    this.verify();
  }

  private answer(request: Received, response: ServerResponse): void {
    this.received.push(request);
    const script = this.scripts.get(request.url.split('?')[0]);
    const answer = script?.forever ? script.answers[0] : script?.answers.shift();
    if (!answer) {
      this.unexpected.push(`${request.method} ${request.url}`);
      response.writeHead(418).end();
    } else if (typeof answer === 'function') answer(request, response);
    else {
      const { status = 200, headers = { 'content-type': 'application/json' }, body = {} } = answer;
      response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    }
    for (const wake of this.waiting.splice(0)) wake();
  }
}

/** A new one for each test of the `describe` it stands in; a test fails where a script and what came are not the same. */
export function useReceiver(): StubReceiver {
  const stub = new StubReceiver();
  beforeEach(() => stub.start());
  afterEach(() => stub.end());
  return stub;
}

/** One for all tests of the `describe` it stands in, with the same demand once the last has ended. */
export function useSharedReceiver(): StubReceiver {
  const stub = new StubReceiver();
  beforeAll(() => stub.start());
  afterAll(() => stub.end());
  return stub;
}
