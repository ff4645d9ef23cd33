import { curlStep } from '../../src/connectors/curl/curl-step.js';
import { HttpClient } from '../../src/platform/http/http.client.js';
import { EgressGuard } from '../../src/platform/http/egress-guard.js';
import { stepSchema } from '../../src/integrations/definition.schema.js';
import { compileStep } from '../../src/runner/compiled-definitions.js';
import { FormBodies } from '../../src/runner/form-bodies.js';
import { StepExecutor } from '../../src/runner/step.executor.js';
import { curlForm } from '../../src/runs/export/curl-form.js';
import { curlCommand, curlFormCommand } from '../../src/runs/export/curl.js';
import { formPartsOf } from '../../src/runs/export/sent-request.js';
import { Wire } from '../support/wire.js';

/**
 * Commands as browsers copy them ("Copy as cURL") become a step; its request is exported as a command, which becomes a
 * step again. Both send what the browser sent: the bytes in this table are written by hand.
 */
let wire: Wire;
let http: HttpClient;
let executor: StepExecutor;

beforeAll(async () => {
  wire = await Wire.open();
  http = new HttpClient(new EgressGuard(['127.0.0.1']));
  executor = new StepExecutor(http, new FormBodies(null as never, null as never), null as never);
});
afterAll(async () => {
  await http.close();
  await wire.close();
});

/** What the step of a command sends, and the command that its request is exported as. */
async function sent(command: string): Promise<{ bytes: string; exported: string; warnings: unknown[] }> {
  const { action, input, warnings } = curlStep(command);
  const runnable = compileStep(stepSchema.parse({ key: 'a', action, input, idempotencyKey: false }));
  const { request, toSend, error } = executor.prepare(runnable, {}, '', null);
  expect(error).toBeNull();
  wire.requests.length = 0;
  expect((await executor.send(runnable, toSend!, {})).error).toBeNull();
  const parts = formPartsOf(request!);
  const exported = parts === null ? curlCommand(request!) : curlFormCommand(request!, curlForm(parts)!)!;
  return { bytes: wire.requests[0].toString('latin1'), exported, warnings };
}

const CHROME_HEADERS = [
  `-H 'accept: application/json, text/plain, */*'`,
  `-H 'accept-language: de-CH,de;q=0.9,en;q=0.8'`,
  `-b 'sid=a1%20b; theme="dark"; consent={"a":1}'`,
  `-H 'origin: https://app.example.com'`,
  `-H 'priority: u=1, i'`,
  `-H 'sec-ch-ua: "Chromium";v="130", "Not?A_Brand";v="99"'`,
  `-H 'user-agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36'`,
].join(' \\\n  ');
const CHROME_LINES = [
  'accept: application/json, text/plain, */*',
  'accept-language: de-CH,de;q=0.9,en;q=0.8',
  'origin: https://app.example.com',
  'priority: u=1, i',
  'sec-ch-ua: "Chromium";v="130", "Not?A_Brand";v="99"',
  'user-agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
];
/** curl adds the cookie behind what -H says. */
const COOKIE = 'Cookie: sid=a1%20b; theme="dark"; consent={"a":1}';

interface Row {
  what: string;
  /** After the URL. */
  options: string;
  method: string;
  path: string;
  lines: string[];
  body: string | null;
}

const ROWS: Row[] = [
  {
    what: 'a GET',
    options: `${CHROME_HEADERS}`,
    method: 'GET',
    path: '/list?q=a%20b&tag[]=1&tag[]=2',
    lines: [...CHROME_LINES, COOKIE],
    body: null,
  },
  {
    what: 'JSON as an application wrote it',
    options: `${CHROME_HEADERS} \\\n  -H 'content-type: application/json' \\\n  --data-raw '{"name":"Zoë","n":12345678901234567890,"price":1.50,"no":null}'`,
    method: 'POST',
    path: '/items',
    lines: [...CHROME_LINES, 'Content-Type: application/json', COOKIE],
    body: '{"name":"Zoë","n":12345678901234567890,"price":1.50,"no":null}',
  },
  {
    what: 'JSON with an apostrophe and an exclamation mark, as Chrome quotes them',
    options: `-H 'content-type: application/json' --data-raw $'{"text":"it\\'s \\u0021 {{ braces }} \\\\u00e9 \\\\/"}' --compressed`,
    method: 'POST',
    path: '/items',
    lines: ['content-type: application/json'],
    body: '{"text":"it\'s ! {{ braces }} \\u00e9 \\/"}',
  },
  {
    what: 'deep JSON with keys in an order of their own',
    options: `-X 'PATCH' -H 'content-type: application/json;charset=UTF-8' --data-raw '{"z":{"b":[1,{"c":null}]},"a":"@x"}'`,
    method: 'PATCH',
    path: '/items/1',
    lines: ['content-type: application/json;charset=UTF-8'],
    body: '{"z":{"b":[1,{"c":null}]},"a":"@x"}',
  },
  {
    what: 'GraphQL with line breaks',
    options: `-H 'content-type: application/json' --data-raw $'{"query":"query {\\\\n  a(id: \\\\"1\\\\")\\\\n}","variables":{}}'`,
    method: 'POST',
    path: '/graphql',
    lines: ['content-type: application/json'],
    body: '{"query":"query {\\n  a(id: \\"1\\")\\n}","variables":{}}',
  },
  {
    what: 'a form of a page',
    options: `-H 'content-type: application/x-www-form-urlencoded' --data-raw 'user=Zo%C3%AB+X&pass=a%26b&remember=&tags=1&tags=2'`,
    method: 'POST',
    path: '/sign-in',
    lines: ['content-type: application/x-www-form-urlencoded'],
    body: 'user=Zo%C3%AB+X&pass=a%26b&remember=&tags=1&tags=2',
  },
  {
    what: 'a form that a script encoded in its own way',
    options: `-H 'content-type: application/x-www-form-urlencoded; charset=UTF-8' --data-raw 'q=a%20b&l=%5b1%5d&x=(y)!'`,
    method: 'POST',
    path: '/search',
    lines: ['content-type: application/x-www-form-urlencoded; charset=UTF-8'],
    body: 'q=a%20b&l=%5b1%5d&x=(y)!',
  },
  {
    what: 'a form with parts, byte for byte',
    options: `-H 'content-type: multipart/form-data; boundary=----WebKitFormBoundary7MA4' --data-raw $'------WebKitFormBoundary7MA4\\r\\nContent-Disposition: form-data; name="a"\\r\\n\\r\\nb\\r\\n------WebKitFormBoundary7MA4--\\r\\n'`,
    method: 'POST',
    path: '/upload',
    lines: ['content-type: multipart/form-data; boundary=----WebKitFormBoundary7MA4'],
    body: '------WebKitFormBoundary7MA4\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n------WebKitFormBoundary7MA4--\r\n',
  },
  {
    what: 'text',
    options: `-X 'PUT' -H 'content-type: text/plain;charset=UTF-8' --data-raw 'a=b&{"not json"\n'`,
    method: 'PUT',
    path: '/note',
    lines: ['content-type: text/plain;charset=UTF-8'],
    body: 'a=b&{"not json"\n',
  },
  {
    what: 'a DELETE',
    options: `-X 'DELETE' -H 'accept: */*'`,
    method: 'DELETE',
    path: '/a',
    lines: ['accept: */*'],
    body: null,
  },
];

/** Head lines as a set: the order of headers, whose names differ, means nothing (RFC 9110, 5.3). */
function parsed(bytes: string) {
  const [head, ...rest] = bytes.split('\r\n\r\n');
  const [start, ...lines] = head.split('\r\n');
  const named = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 1).trim(),
  ]);
  return { start, headers: named.map((pair) => pair.join(': ')).sort(), body: rest.join('\r\n\r\n') };
}
const latin1 = (text: string) => Buffer.from(text).toString('latin1');

describe('a command copied from a browser', () => {
  it.each(ROWS)(
    'is sent as the browser sent it, and so is its export: $what',
    async ({ options, method, path, lines, body }) => {
      const first = await sent(`curl 'http://127.0.0.1:${wire.port}${path}' \\\n  ${options}`);
      expect(first.warnings).toEqual([]);
      const own = [`host: 127.0.0.1:${wire.port}`, 'connection: keep-alive', 'accept-encoding: gzip, deflate, br'];
      const missing = ['accept: */*', 'user-agent: Hookline'].filter(
        (line) => !lines.some((each) => each.toLowerCase().startsWith(line.split(':')[0])),
      );
      const length = body === null ? [] : [`content-length: ${Buffer.byteLength(body)}`];
      expect(parsed(first.bytes)).toEqual({
        start: `${method} ${path} HTTP/1.1`,
        headers: [...own, ...missing, ...lines, ...length]
          .map((line) => `${line.slice(0, line.indexOf(':')).toLowerCase()}${line.slice(line.indexOf(':'))}`)
          .sort(),
        body: latin1(body ?? ''),
      });
      // What a terminal would act on is piped in as base64, which is not read as a command again.
      const piped = /^base64 -d <<'EOF' \| curl [^]*? --data-binary @-\n([^]*)\nEOF\n$/.exec(first.exported);
      if (piped) return void expect(Buffer.from(piped[1], 'base64').toString('latin1')).toBe(latin1(body!));
      const second = await sent(first.exported);
      expect(second.warnings).toEqual([]);
      expect(parsed(second.bytes)).toEqual(parsed(first.bytes));
    },
  );

  it('with -F fills form data, which is exported and read again as the same parts', async () => {
    const command = `curl http://127.0.0.1:${wire.port}/f -F 'a=b c' -F 'q="x;y \\"z\\" \\\\";type=text/plain' --form-string 'at=@not a file' -F 'tags[]=1' -F 'tags[]=2'`;
    const { input } = curlStep(command);
    expect(input).toMatchObject({
      bodyType: 'form-data',
      body: [
        { key: 'a', value: 'b c' },
        { key: 'q', value: 'x;y "z" \\' },
        { key: 'at', value: '@not a file' },
        { key: 'tags[]', value: '1' },
        { key: 'tags[]', value: '2' },
      ],
    });
    const first = await sent(command);
    const second = await sent(first.exported);
    expect(parsed(second.bytes)).toEqual(parsed(first.bytes));
    expect(first.bytes).toContain('name="at"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n@not a file\r\n');
  });
});
