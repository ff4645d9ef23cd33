import type { HttpInput, Pair } from '../../src/core/definition.js';
import { parseJson } from '../../src/core/json.js';
import { HttpClient } from '../../src/platform/http/http.client.js';
import { EgressGuard } from '../../src/platform/http/egress-guard.js';
import { stepSchema } from '../../src/integrations/definition.schema.js';
import { compileStep } from '../../src/runner/compiled-definitions.js';
import { FormBodies } from '../../src/runner/form-bodies.js';
import { StepExecutor } from '../../src/runner/step.executor.js';
import { Wire } from '../support/wire.js';

/**
 * The matrix of what a step sends: action × body type × null rule × value, as bytes on a socket. The tables are written
 * by hand from the specification (K2–K5); nothing in them comes from the code that is tested.
 */
const COLUMNS = ['missing', 'null', '""', '0', 'false', '[]', '{}'] as const;

/** `<nothing>`: the body is there, and empty. `fails`: the step fails before anything is sent. */
const JSON_BODY = `
  rule                   | missing    | null       | ""       | 0       | false       | []       | {}
  send null (default)    | {"k":null} | {"k":null} | {"k":""} | {"k":0} | {"k":false} | {"k":[]} | {"k":{}}
  omitNulls              | {}         | {}         | {"k":""} | {"k":0} | {"k":false} | {"k":[]} | {"k":{}}
  omitNulls, send-null   | {"k":null} | {"k":null} | {"k":""} | {"k":0} | {"k":false} | {"k":[]} | {"k":{}}
  omit                   | {}         | {}         | {"k":""} | {"k":0} | {"k":false} | {"k":[]} | {"k":{}}
  empty                  | {"k":""}   | {"k":""}   | {"k":""} | {"k":0} | {"k":false} | {"k":[]} | {"k":{}}
  omitNulls, empty       | {"k":""}   | {"k":""}   | {"k":""} | {"k":0} | {"k":false} | {"k":[]} | {"k":{}}
  default 7              | {"k":7}    | {"k":7}    | {"k":""} | {"k":0} | {"k":false} | {"k":[]} | {"k":{}}
  omitNulls, default 7   | {"k":7}    | {"k":7}    | {"k":""} | {"k":0} | {"k":false} | {"k":[]} | {"k":{}}
  fail                   | fails      | fails      | {"k":""} | {"k":0} | {"k":false} | {"k":[]} | {"k":{}}
  omitNulls, fail        | fails      | fails      | {"k":""} | {"k":0} | {"k":false} | {"k":[]} | {"k":{}}`;

/** Also the query, behind its question mark; without one where it is `<nothing>`. A list of none is no pair. */
const URLENCODED = `
  rule                   | missing    | null       | ""       | 0       | false       | []        | {}
  send null (default)    | k=         | k=         | k=       | k=0     | k=false     | <nothing> | k=%7B%7D
  omitNulls              | <nothing>  | <nothing>  | k=       | k=0     | k=false     | <nothing> | k=%7B%7D
  omitNulls, send-null   | k=         | k=         | k=       | k=0     | k=false     | <nothing> | k=%7B%7D
  omit                   | <nothing>  | <nothing>  | k=       | k=0     | k=false     | <nothing> | k=%7B%7D
  empty                  | k=         | k=         | k=       | k=0     | k=false     | <nothing> | k=%7B%7D
  omitNulls, empty       | k=         | k=         | k=       | k=0     | k=false     | <nothing> | k=%7B%7D
  default 7              | k=7        | k=7        | k=       | k=0     | k=false     | <nothing> | k=%7B%7D
  omitNulls, default 7   | k=7        | k=7        | k=       | k=0     | k=false     | <nothing> | k=%7B%7D
  fail                   | fails      | fails      | k=       | k=0     | k=false     | <nothing> | k=%7B%7D
  omitNulls, fail        | fails      | fails      | k=       | k=0     | k=false     | <nothing> | k=%7B%7D`;

/** The text of the one part called `k`; `<nothing>`: no part, and the form is its closing line. */
const FORM_DATA = `
  rule                   | missing    | null       | ""       | 0       | false       | []        | {}
  send null (default)    | <empty>    | <empty>    | <empty>  | 0       | false       | <nothing> | {}
  omitNulls              | <nothing>  | <nothing>  | <empty>  | 0       | false       | <nothing> | {}
  omitNulls, send-null   | <empty>    | <empty>    | <empty>  | 0       | false       | <nothing> | {}
  omit                   | <nothing>  | <nothing>  | <empty>  | 0       | false       | <nothing> | {}
  empty                  | <empty>    | <empty>    | <empty>  | 0       | false       | <nothing> | {}
  omitNulls, empty       | <empty>    | <empty>    | <empty>  | 0       | false       | <nothing> | {}
  default 7              | 7          | 7          | <empty>  | 0       | false       | <nothing> | {}
  omitNulls, default 7   | 7          | 7          | <empty>  | 0       | false       | <nothing> | {}
  fail                   | fails      | fails      | <empty>  | 0       | false       | <nothing> | {}
  omitNulls, fail        | fails      | fails      | <empty>  | 0       | false       | <nothing> | {}`;

/** One text, so that no pair can be left out: null and missing are nothing in it, and the rule changes nothing. */
const RAW = `
  rule                   | missing    | null       | ""       | 0       | false       | []       | {}
  send null (default)    | <>         | <>         | <>       | <0>     | <false>     | <[]>     | <{}>
  omitNulls              | <>         | <>         | <>       | <0>     | <false>     | <[]>     | <{}>`;

/** `{"o":{"k": … },"l":[ … ]}` as one text: the step's rule reaches every depth, and a list keeps its places. */
const JSON_TEXT = `
  rule                | missing                        | null                           | ""                         | 0                        | false                            | []                         | {}
  send null (default) | {"o":{"k":null},"l":[null]}    | {"o":{"k":null},"l":[null]}    | {"o":{"k":""},"l":[""]}    | {"o":{"k":0},"l":[0]}    | {"o":{"k":false},"l":[false]}    | {"o":{"k":[]},"l":[[]]}    | {"o":{"k":{}},"l":[{}]}
  omitNulls           | {"o":{},"l":[null]}            | {"o":{},"l":[null]}            | {"o":{"k":""},"l":[""]}    | {"o":{"k":0},"l":[0]}    | {"o":{"k":false},"l":[false]}    | {"o":{"k":[]},"l":[[]]}    | {"o":{"k":{}},"l":[{}]}`;

const RULES: Record<string, { omitNulls?: boolean } & Partial<Pair>> = {
  'send null (default)': {},
  omitNulls: { omitNulls: true },
  'omitNulls, send-null': { omitNulls: true, whenMissing: 'send-null' },
  omit: { whenMissing: 'omit' },
  empty: { whenMissing: 'empty' },
  'omitNulls, empty': { omitNulls: true, whenMissing: 'empty' },
  'default 7': { whenMissing: 'default', default: 7 },
  'omitNulls, default 7': { omitNulls: true, whenMissing: 'default', default: 7 },
  fail: { whenMissing: 'fail' },
  'omitNulls, fail': { omitNulls: true, whenMissing: 'fail' },
};

const DATA = parseJson(`{
  "null": null, "\\"\\"": "", "0": 0, "false": false, "[]": [], "{}": {},
  "big": 12345678901234567890, "list": [9007199254740993, "a b", null, {"z": 1, "a": 18446744073709551615}],
  "object": {"z": 1, "a": {"y": 9007199254740993, "b": 1.0}, "10": 1e3}
}`);

const FORM_HEADER = { key: 'Content-Type', value: 'application/x-www-form-urlencoded' };
const MULTIPART_HEADER = { key: 'Content-Type', value: 'multipart/form-data' };

const KEY = 'run_1:a';
/** What every request ends its head with, after the Content-Type if it has one. */
const REST = ['Accept: */*', 'User-Agent: Hookline', `Idempotency-Key: ${KEY}`, 'Accept-Encoding: gzip, deflate, br'];

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

/** The bytes of the one request that a step sends; null where it fails as a mapping and sends none. */
async function sent(action: string, input: object): Promise<string | null> {
  const url = `http://127.0.0.1:${wire.port}/p`;
  const runnable = compileStep(stepSchema.parse({ key: 'a', action, input: { url, ...input } }));
  const scope = { trigger: { data: DATA } };
  const { toSend, error } = executor.prepare(runnable, scope, KEY, null);
  wire.requests.length = 0;
  if (toSend === null) {
    expect(error!.code).toBe('mapping');
    return null;
  }
  const outcome = await executor.send(runnable, toSend, scope);
  expect(outcome.error).toBeNull();
  expect(wire.requests).toHaveLength(1);
  return wire.requests[0].toString();
}

/** A request as the specification has it: line by line, body and its length at the end. */
function request(method: string, path: string, contentType: string | null, body: string | null): string {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `host: 127.0.0.1:${wire.port}`,
    'connection: keep-alive',
    ...(contentType === null ? [] : [`Content-Type: ${contentType}`]),
    ...REST,
    ...(body === null ? [] : [`content-length: ${Buffer.byteLength(body)}`]),
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`;
}

interface Cell {
  rule: string;
  column: (typeof COLUMNS)[number];
  cell: string;
}

function cellsOf(table: string): Cell[] {
  const [head, ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  expect(head.slice(1)).toEqual(COLUMNS);
  return rows.flatMap(([rule, ...cells]) => cells.map((cell, at) => ({ rule, column: COLUMNS[at], cell })));
}

const valueOf = (column: string): string => `{{ trigger.data["${column.replaceAll('"', '\\"')}"] }}`;
/** A literal of the column's type, written into the step itself; a missing value is no literal. */
const LITERALS: Record<string, unknown> = { null: null, '""': '', '0': 0, false: false, '[]': [], '{}': {} };

function placed(column: Cell['column'], rule: string): { pairs: Pair[]; omitNulls: boolean }[] {
  const { omitNulls = false, ...own } = RULES[rule];
  const mapped = column === '""' ? `{{ trigger.data['""'] }}` : valueOf(column);
  const values = column === 'missing' ? [mapped] : [mapped, LITERALS[column]];
  return values.map((value) => ({ pairs: [{ key: 'k', value, ...own }], omitNulls }));
}

const POST = { action: 'post', method: 'POST' };
const PUT = { action: 'put', method: 'PUT' };
const custom = (rest: Partial<HttpInput>) => ({
  action: 'custom',
  method: 'PATCH',
  rest: { method: 'PATCH', ...rest },
});

interface Target {
  action: string;
  method: string;
  rest?: object;
}

describe.each<[string, string, Target[], (cell: string) => [path: string, type: string | null, body: string | null]]>([
  ['JSON', JSON_BODY, [POST, PUT, custom({ bodyType: 'json' })], (cell) => ['/p', 'application/json', cell]],
  [
    'URL-encoded',
    URLENCODED,
    [
      { ...POST, rest: { headers: [FORM_HEADER] } },
      { ...PUT, rest: { headers: [FORM_HEADER] } },
      custom({ bodyType: 'urlencoded' }),
    ],
    (cell) => ['/p', 'application/x-www-form-urlencoded', cell === '<nothing>' ? '' : cell],
  ],
  [
    'form-data',
    FORM_DATA,
    [
      { ...POST, rest: { headers: [MULTIPART_HEADER] } },
      { ...PUT, rest: { headers: [MULTIPART_HEADER] } },
      custom({ bodyType: 'form-data' }),
    ],
    (cell) => [
      '/p',
      'multipart/form-data; boundary=BOUNDARY',
      cell === '<nothing>'
        ? '--BOUNDARY--\r\n'
        : '--BOUNDARY\r\nContent-Disposition: form-data; name="k"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n' +
          `${cell === '<empty>' ? '' : cell}\r\n--BOUNDARY--\r\n`,
    ],
  ],
])('a body of %s', (_type, table, targets, expected) => {
  it.each(targets.flatMap((target) => cellsOf(table).map((cell) => ({ ...target, ...cell }))))(
    '$method by $action, $rule: $column is $cell',
    async ({ action, method, rest, rule, column, cell }) => {
      for (const { pairs, omitNulls } of placed(column, rule)) {
        const bytes = await sent(action, { ...rest, body: pairs, omitNulls });
        if (cell === 'fails') expect(bytes).toBeNull();
        else expect(sameBoundary(bytes!)).toBe(request(method, ...expected(cell)));
      }
    },
  );
});

/** The boundary is ours to choose: its name and its length are fixed here, so that Content-Length is right. */
function sameBoundary(bytes: string): string {
  const boundary = /boundary=(hookline-[0-9a-f]{40})\r\n/.exec(bytes)?.[1];
  if (boundary === undefined) return bytes;
  const lines = bytes.split(boundary).length - 2;
  const shorter = (length: string) => String(Number(length) - lines * (boundary.length - 'BOUNDARY'.length));
  return bytes.replaceAll(boundary, 'BOUNDARY').replace(/(?<=content-length: )\d+/, shorter);
}

describe('a body of text', () => {
  it.each(cellsOf(RAW))('raw, $rule: $column is $cell', async ({ rule, column, cell }) => {
    const value = column === '""' ? `{{ trigger.data['""'] }}` : valueOf(column);
    const input = { method: 'PATCH', bodyType: 'raw', contentType: 'application/x-own', body: `<${value}>` };
    expect(await sent('custom', { ...input, ...RULES[rule] })).toBe(request('PATCH', '/p', 'application/x-own', cell));
  });

  it.each(cellsOf(JSON_TEXT))('JSON, $rule: $column is $cell', async ({ rule, column, cell }) => {
    const value = column === '""' ? `{{ trigger.data['""'] }}` : valueOf(column);
    const input = { method: 'PATCH', bodyType: 'json', body: `{"o": {"k": ${value}}, "l": [${value}]}` };
    expect(await sent('custom', { ...input, ...RULES[rule] })).toBe(request('PATCH', '/p', 'application/json', cell));
  });
});

describe('no body', () => {
  it.each([
    ['get', {}, 'GET', null],
    ['post', {}, 'POST', ''],
    ['put', {}, 'PUT', ''],
    ['custom', { method: 'PATCH', bodyType: 'none' }, 'PATCH', ''],
    ['custom', { method: 'DELETE', bodyType: 'none' }, 'DELETE', null],
    ['custom', { method: 'PURGE', bodyType: 'none' }, 'PURGE', null],
    ['custom', { method: 'PATCH', bodyType: 'json' }, 'PATCH', ''],
    ['custom', { method: 'PATCH', bodyType: 'raw' }, 'PATCH', ''],
    ['custom', { method: 'PATCH', bodyType: 'urlencoded' }, 'PATCH', ''],
    ['custom', { method: 'PATCH', bodyType: 'form-data' }, 'PATCH', ''],
  ])('%s %j', async (action, input, method, body) => {
    expect(await sent(action, input)).toBe(request(method, '/p', null, body));
  });
});

describe('the query', () => {
  const targets = [
    { action: 'get', method: 'GET', body: null },
    { action: 'post', method: 'POST', body: '' },
    { action: 'put', method: 'PUT', body: '' },
    { action: 'custom', method: 'DELETE', rest: { method: 'DELETE', bodyType: 'none' }, body: null },
  ];
  it.each(targets.flatMap((target) => cellsOf(URLENCODED).map((cell) => ({ ...target, ...cell }))))(
    '$action, $rule: $column is $cell',
    async ({ action, method, rest, body, rule, column, cell }) => {
      for (const { pairs, omitNulls } of placed(column, rule)) {
        const bytes = await sent(action, { ...rest, query: pairs, omitNulls });
        const path = cell === '<nothing>' ? '/p' : `/p?${cell}`;
        if (cell === 'fails') expect(bytes).toBeNull();
        else expect(bytes).toBe(request(method, path, null, body));
      }
    },
  );
});

describe('what a value may not lose', () => {
  const body = [
    { key: 'z', value: '{{ trigger.data.big }}' },
    { key: '2', value: '{{ trigger.data.object }}' },
    { key: '1', value: '{{ trigger.data.list }}' },
    { key: 'a', value: 'n={{ trigger.data.big }}' },
  ];
  const LIST = '[9007199254740993,"a b",null,{"z":1,"a":18446744073709551615}]';

  it.each<Target>([POST, PUT, custom({ bodyType: 'json' })])(
    'is kept in JSON by $action: order and digits',
    async (target) => {
      // Members whose names are whole numbers come first in any object that JavaScript reads: 10 before z.
      const object = '{"10":1e3,"z":1,"a":{"y":9007199254740993,"b":1.0}}';
      expect(await sent(target.action, { ...target.rest, body })).toBe(
        request(
          target.method,
          '/p',
          'application/json',
          `{"z":12345678901234567890,"2":${object},"1":${LIST},"a":"n=12345678901234567890"}`,
        ),
      );
    },
  );

  const REPEATED: Pair[] = [
    { key: 'b', value: '1' },
    { key: 'a[]', value: 2 },
    { key: 'b', value: '' },
    { key: 'b', value: '{{ trigger.data.big }}' },
    { key: 'é&', value: 'a b+c&d=é*~' },
  ];

  it('is kept in a form: repeated keys, their order, a space as a plus', async () => {
    expect(await sent('post', { headers: [FORM_HEADER], body: REPEATED })).toBe(
      request(
        'POST',
        '/p',
        'application/x-www-form-urlencoded',
        'b=1&a%5B%5D=2&b=&b=12345678901234567890&%C3%A9%26=a+b%2Bc%26d%3D%C3%A9*%7E',
      ),
    );
  });

  it('is kept in the query: repeated keys, their order, a space as %20', async () => {
    expect(await sent('get', { url: `http://127.0.0.1:${wire.port}/p?own=1`, query: REPEATED })).toBe(
      request(
        'GET',
        '/p?own=1&b=1&a%5B%5D=2&b=&b=12345678901234567890&%C3%A9%26=a%20b%2Bc%26d%3D%C3%A9%2A~',
        null,
        null,
      ),
    );
  });

  it('is kept in form data: repeated keys as parts, in order', async () => {
    const bytes = sameBoundary((await sent('custom', { bodyType: 'form-data', body: REPEATED }))!);
    const part = (name: string, text: string) =>
      `--BOUNDARY\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`;
    const parts = [
      part('b', '1'),
      part('a[]', '2'),
      part('b', ''),
      part('b', '12345678901234567890'),
      part('é&', 'a b+c&d=é*~'),
    ];
    expect(bytes).toBe(
      request('POST', '/p', 'multipart/form-data; boundary=BOUNDARY', `${parts.join('')}--BOUNDARY--\r\n`),
    );
  });
});

describe('a list', () => {
  const ITEM = '%7B%22z%22%3A1%2C%22a%22%3A18446744073709551615%7D';
  const pairs = [
    { key: 'k', value: '{{ trigger.data.list }}' },
    { key: 'e', value: '{{ trigger.data["[]"] }}' },
    { key: 'x', value: '1' },
  ];
  const query: [string, string][] = [
    ['repeat', `k=9007199254740993&k=a%20b&k=&k=${ITEM}&x=1`],
    ['brackets', `k%5B%5D=9007199254740993&k%5B%5D=a%20b&k%5B%5D=&k%5B%5D=${ITEM}&x=1`],
    ['indices', `k%5B0%5D=9007199254740993&k%5B1%5D=a%20b&k%5B2%5D=&k%5B3%5D=${ITEM}&x=1`],
    ['comma', `k=9007199254740993,a%20b,,${ITEM}&e=&x=1`],
  ];

  it.each(query)('in the query, %s', async (queryArrays, text) => {
    expect(await sent('get', { query: pairs, queryArrays })).toBe(request('GET', `/p?${text}`, null, null));
  });

  it.each(query)('in a form, %s', async (queryArrays, text) => {
    expect(await sent('custom', { bodyType: 'urlencoded', body: pairs, queryArrays })).toBe(
      request('POST', '/p', 'application/x-www-form-urlencoded', text.replaceAll('%20', '+')),
    );
  });
});
