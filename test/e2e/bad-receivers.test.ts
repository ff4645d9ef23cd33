import { gzipSync } from 'node:zlib';
import { useApp } from '../support/app.js';
import * as bad from '../support/bad-receiver.js';
import { finishedRun, runUntilIdle, send, turnedOn } from '../support/engine.js';

/** For the cases that only the deadline ends; the others get by far more time than they need. */
const SHORT = { timeoutMs: 400 };
/** The same, where the beginning of the answer has to have come by then. */
const LESS_SHORT = { timeoutMs: 2_000 };
const OK = 'HTTP/1.1 200 OK\r\n';
const redirectTo = (location: string, status = 302): bad.Script =>
  bad.answer(`HTTP/1.1 ${status} Found\r\nlocation: ${location}\r\ncontent-length: 0\r\n\r\n`);

interface Case {
  name: string;
  script: bad.Script;
  /** Null: the step succeeds all the same. */
  code: string | null;
  /** What the message says: what happened and why, and what to do. */
  says?: [RegExp, RegExp];
  step?: object;
  input?: object;
  /** The answer on record of a step that succeeds. */
  body?: string;
}

const ITS_OPERATOR = /ask its operator/;
const MORE_TIME = /Give the step more time \(timeoutMs\)/;

const CASES: Case[] = [
  {
    name: 'headers that come slowly',
    script: bad.drip(`${OK}x: `, 'a', 20),
    step: SHORT,
    code: 'total_timeout',
    says: [/did not answer within 400 ms/, MORE_TIME],
  },
  {
    name: 'a body that drips',
    script: bad.drip(`${OK}content-length: 100000\r\n\r\n`, 'a', 20),
    step: LESS_SHORT,
    code: 'total_timeout',
    says: [/\(status 200\) was not complete within 2000 ms/, MORE_TIME],
  },
  {
    name: 'no answer at all',
    script: bad.hang,
    step: SHORT,
    code: 'total_timeout',
    says: [/did not answer within 400 ms/, MORE_TIME],
  },
  {
    name: 'a first byte that is late',
    script: bad.hang,
    step: { firstByteTimeoutMs: 100 },
    code: 'first_byte_timeout',
    says: [/sent no first byte within 100 ms/, ITS_OPERATOR],
  },
  {
    name: 'a connection that is never secured',
    script: bad.hang,
    step: { connectTimeoutMs: 100 },
    input: { url: 'https:' },
    code: 'connect_timeout',
    says: [/did not accept a connection within 100 ms/, /Check that it runs/],
  },
  {
    name: 'a body without end',
    script: bad.endless(`${OK}content-type: application/json\r\n\r\n`, Buffer.alloc(65_536, ' ')).script,
    code: 'limit',
    says: [/is larger than \d+ bytes/, /Ask it for less/],
  },
  {
    name: 'a reset before the answer',
    script: bad.answerAndReset(''),
    code: 'reset',
    says: [/closed the connection before it answered/, ITS_OPERATOR],
  },
  {
    name: 'a reset in the headers',
    script: bad.answerAndReset(`${OK}x: `),
    code: 'reset',
    says: [/closed the connection before the answer was complete/, ITS_OPERATOR],
  },
  {
    name: 'a reset in the body',
    script: bad.answerAndReset(`${OK}content-length: 10\r\n\r\nabc`),
    code: 'reset',
    says: [/closed the connection before the answer was complete/, ITS_OPERATOR],
  },
  {
    name: 'a reset after the answer',
    script: bad.answerAndReset(`${OK}content-length: 2\r\n\r\nok`),
    code: null,
    body: 'ok',
  },
  {
    name: '10,000 headers',
    script: bad.answer(`${OK}${'x-y: zzzzzzzz\r\n'.repeat(10_000)}content-length: 0\r\n\r\n`),
    code: 'limit',
    says: [/headers of the answer .* larger than 64 KiB/, ITS_OPERATOR],
  },
  {
    name: '101',
    script: bad.answer('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'),
    code: 'parse',
    says: [/protocol upgrade \(101\), which nobody asked for/, /Check that the URL is not that of a WebSocket/],
  },
  {
    name: 'chunks that are garbage',
    script: bad.answer(`${OK}transfer-encoding: chunked\r\n\r\nxyz\r\nab\r\n`),
    code: 'parse',
    says: [/is not valid HTTP \(Invalid character in chunk size\)/, /Check that the URL/],
  },
  {
    name: 'two lengths',
    script: bad.answer(`${OK}content-length: 2\r\ncontent-length: 3\r\n\r\nabc`),
    code: 'parse',
    says: [/is not valid HTTP/, /Check that the URL|ask its operator/],
  },
  {
    name: 'an answer of HTTP/1.0, which ends with the connection',
    script: bad.answerAndEnd('HTTP/1.0 200 OK\r\nServer: old\r\n\r\nold but fine'),
    code: null,
    body: 'old but fine',
  },
  {
    name: 'a bomb of gzip',
    script: bad.gzipBomb().script,
    code: 'limit',
    says: [/is larger than \d+ bytes \(counted after decompression\)/, /Ask it for less/],
  },
  {
    name: 'gzip that is cut short',
    script: bad.truncatedGzip(),
    code: 'parse',
    says: [/compressed answer .* is cut off or damaged/, ITS_OPERATOR],
  },
  {
    name: 'gzip with something else behind it',
    script: bad.ok(Buffer.concat([gzipSync('fine'), Buffer.from('rubbish')]), 'content-encoding: gzip\r\n'),
    code: 'parse',
    says: [/compressed answer .* is cut off or damaged/, ITS_OPERATOR],
  },
  {
    name: 'a redirect to itself',
    script: redirectTo('/'),
    input: { redirects: 10 },
    code: 'redirect',
    says: [/redirects in a circle/, /Use an address that answers itself/],
  },
  {
    name: 'redirects without end',
    script: (request, socket) => redirectTo(`/next/${request.number}`)(request, socket),
    input: { redirects: 3 },
    code: 'redirect',
    says: [/redirects once more after 3 redirects, which is the limit/, /allow more/],
  },
  {
    name: 'a redirect to a private address',
    script: redirectTo('http://169.254.169.254/latest/meta-data/'),
    input: { redirects: 1 },
    code: 'blocked_address',
    says: [/169\.254\.169\.254 may not be called \(link-local/, /add 169\.254\.169\.254:80 to HOOKLINE_EGRESS_ALLOW/],
  },
  {
    name: 'a redirect that nobody asked to follow',
    script: redirectTo('/elsewhere'),
    code: 'redirect',
    says: [/answered 302 Found/, /let the step follow redirects/],
  },
  {
    name: '204 with a body',
    script: bad.answer('HTTP/1.1 204 No Content\r\ncontent-length: 6\r\n\r\nforged'),
    code: null,
    body: '',
  },
  {
    name: 'an answer that nobody asked for behind the first',
    script: bad.answer(`${OK}content-length: 2\r\n\r\nok${OK}content-length: 6\r\n\r\nforged`),
    code: null,
    body: 'ok',
  },
];

describe('a bad receiver', () => {
  const app = useApp();
  let receiver: bad.BadReceiver;
  let elsewhere: bad.BadReceiver;

  beforeEach(async () => {
    elsewhere = await bad.startBadReceiver(bad.ok());
  });
  afterEach(async () => {
    await app.deleteIntegrations();
    await receiver.close();
    await elsewhere.close();
  });

  /** Behaves until `good` is called, and then as one should. */
  const behave = async (script: bad.Script): Promise<() => void> => {
    let turned = false;
    receiver = await bad.startBadReceiver((request, socket) =>
      turned ? bad.ok('{"fine":true}', 'content-type: application/json\r\n')(request, socket) : script(request, socket),
    );
    return () => void (turned = true);
  };
  const runOf = async (step: object = {}, input: object = {}) => {
    await turnedOn(app, [
      {
        key: 'a',
        action: 'get',
        timeoutMs: 30_000,
        retry: { attempts: 1 },
        ...step,
        input: { url: receiver.url, ...input },
      },
    ]);
    const { body } = await send(app, {});
    const run = await finishedRun(app, body.runs.at(-1));
    for (const { id } of (await app.call('GET', '/api/v1/integrations')).body.data)
      await app.call('DELETE', `/api/v1/integrations/${id}`);
    return run;
  };

  const expectUntouched = async (turn: () => void): Promise<void> => {
    turn();
    const next = await runOf();
    expect(next).toMatchObject({ status: 'succeeded' });
    expect(next.steps[0].attempts).toMatchObject([{ response: { status: 200, body: '{"fine":true}' } }]);
  };

  it.each(CASES)('that sends $name: $code, and the next call is untouched', async (each) => {
    const { script, code, says, step, input, body } = each;
    const turn = await behave(script);
    const url = { ...input, ...(input && 'url' in input ? { url: receiver.url.replace('http:', 'https:') } : {}) };
    const run = await runOf(step, url);
    const [attempt] = run.steps[0].attempts;
    expect(run.steps[0].attempts).toHaveLength(1);
    expect(attempt.request).toMatchObject({ method: 'GET' });
    if (code === null) {
      expect(run).toMatchObject({ status: 'succeeded', error: null });
      expect(attempt.response.body).toBe(body);
    } else {
      expect(run).toMatchObject({ status: 'failed', error: { code } });
      for (const part of says!) expect(run.error.message).toMatch(part);
      expect(attempt.error).toEqual(run.error);
    }
    // Whatever ended the call ended its connection too: nothing drips on in the background.
    if (code !== null && !/redirect|blocked/.test(code)) await receiver.idle();
    await expectUntouched(turn);
  });

  it('that closes a kept connection just as the next call comes: it is made once more, on a fresh one', async () => {
    const turn = await behave((request, socket) =>
      request.number === 2 ? void socket.destroy() : void bad.ok()(request, socket),
    );
    expect((await runOf()).status).toBe('succeeded');
    const run = await runOf();
    expect(run.status).toBe('succeeded');
    expect(run.steps[0].attempts).toMatchObject([{ response: { status: 200, resent: true } }]);
    expect(receiver.requests.map(({ connection }) => connection)).toEqual([1, 1, 2]);
    const keys = receiver.requests.map(({ head }) => /idempotency-key: (\S+)/i.exec(head)![1]);
    expect(keys[2]).toBe(keys[1]);
    await expectUntouched(turn);
  });

  it('that redirects to another origin gets no credential sent there', async () => {
    const turn = await behave((request, socket) => redirectTo(`${elsewhere.url}/b`, 307)(request, socket));
    const headers = [
      { key: 'Authorization', value: 'Bearer s3cret' },
      { key: 'Cookie', value: 'session=s3cret' },
      { key: 'X-Task', value: '42' },
    ];
    const run = await runOf({}, { redirects: 1, headers });
    expect(run.status).toBe('succeeded');
    expect(receiver.requests[0].head).toContain('s3cret');
    expect(elsewhere.requests[0].head).not.toContain('s3cret');
    expect(elsewhere.requests[0].head).toContain('X-Task: 42');
    await expectUntouched(turn);
  });

  it.each<[string, string, number, number]>([
    ['seconds', '120', 120, 133],
    ['a date', new Date(Date.now() + 3_600_000).toUTCString(), 3_500, 3_961],
    ['rubbish', 'in a minute or two', 0, 2],
    ['a date that is long over', 'Sun, 06 Nov 1994 08:49:37 GMT', 0, 1],
    ['more than a day', '999999999', 86_400, 95_041],
    ['less than nothing', '-5', 0, 2],
  ])('that answers 429 with %s is called again as it asks, and at once by nobody', async (_what, value, from, to) => {
    const turn = await behave(
      bad.answer(`HTTP/1.1 429 Too Many Requests\r\nretry-after: ${value}\r\ncontent-length: 0\r\n\r\n`),
    );
    await turnedOn(app, [{ key: 'a', action: 'get', input: { url: receiver.url }, retry: { attempts: 2 } }]);
    const { body } = await send(app, {});
    await runUntilIdle(app);
    const run = (await app.call('GET', `/api/v1/runs/${body.runs[0]}`)).body;
    const [attempt] = run.steps[0].attempts;
    expect(attempt.error).toMatchObject({ code: 'http_429', message: expect.stringMatching(/429.*try again later/) });
    const askedFor = (Date.parse(attempt.nextAttemptAt) - Date.parse(attempt.startedAt)) / 1_000;
    expect(askedFor).toBeGreaterThanOrEqual(from);
    expect(askedFor).toBeLessThan(to + 30); // the answer was on its way for a while
    await app.call('POST', `/api/v1/runs/${body.runs[0]}/cancel`);
    const { body: all } = await app.call('GET', '/api/v1/integrations');
    for (const { id } of all.data) await app.call('DELETE', `/api/v1/integrations/${id}`);
    await expectUntouched(turn);
  });
});
