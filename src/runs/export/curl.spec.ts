import { execFileSync } from 'node:child_process';
import { curlForm } from './curl-form.js';
import { curlCommand, curlFormCommand } from './curl.js';
import type { ShownPart } from '../../core/form-summary.js';
import type { SentRequest } from './sent-request.js';

const request = (rest: Partial<SentRequest> = {}): SentRequest => ({
  method: 'POST',
  url: 'https://api.example.com/a?b=c',
  headers: [
    ['Content-Type', 'application/json'],
    ['Accept', '*/*'],
    ['User-Agent', 'Hookline'],
  ],
  body: Buffer.from('{"a":1}'),
  ...rest,
});

/** What a real shell hands to curl: its arguments as Latin-1 text, and what is piped in. */
function asked(sent: SentRequest, text = curlCommand(sent)): { args: string[]; stdin: Buffer } {
  const asker = `curl() { printf '%s\\0' "$@"; case "$*" in *@-*) printf 'STDIN\\0'; cat;; esac; }\n`;
  const output = execFileSync('/bin/sh', { input: asker + text, maxBuffer: 32 * 1024 * 1024 });
  const end = output.indexOf('STDIN\0');
  const args = output
    .subarray(0, end < 0 ? undefined : end)
    .toString('latin1')
    .split('\0')
    .slice(0, -1);
  return { args, stdin: end < 0 ? Buffer.alloc(0) : output.subarray(end + 6) };
}
const after = (args: string[], option: string): string[] => args.filter((_, index) => args[index - 1] === option);
const bytes = (latin1: string): Buffer => Buffer.from(latin1, 'latin1');

it('is a command that can be read', () => {
  expect(curlCommand(request())).toBe(
    [
      'curl ' + "'https://api.example.com/a?b=c'",
      '--http1.1',
      '-X POST',
      "-H 'Content-Type: application/json'",
      "-H 'Accept: */*'",
      "-H 'User-Agent: Hookline'",
      '--compressed',
      `--data-raw '{"a":1}'`,
    ].join(' \\\n  ') + '\n',
  );
});

it.each([
  ['quotes', `it's "so" '''`],
  ['line breaks', '\n\na\nb\n\n'],
  ['what a shell would replace', '$HOME `id` $(id) ${x} \\ \\n !! ~ * ? #'],
  ['what curl would read from a file', '@/etc/passwd'],
  ['an option', '--output x'],
  ['text of every kind', 'Zoë 日本 👩‍👩‍👧 \t'],
  ['nothing', ''],
])('hands over a body of %s as it is', (_what, text) => {
  const { args } = asked(request({ body: Buffer.from(text) }));
  expect(bytes(after(args, '--data-raw')[0]).toString()).toBe(text);
});

it.each([
  ['NUL', Buffer.from('a\0b')],
  ['any byte', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
  ['what is not UTF-8', Buffer.from([0xff, 0xfe, 0x0a])],
  ['escape sequences of a terminal', Buffer.from('\u001b]0;x\u0007')],
  ['text that turns the direction of reading', Buffer.from('a\u202eb')],
  ['carriage returns', Buffer.from('a,b\r\n')],
  ['200 KB', Buffer.alloc(200_000, 'x')],
])('pipes in a body with %s', (_what, body) => {
  const { args, stdin } = asked(request({ body }));
  expect(after(args, '--data-binary')).toEqual(['@-']);
  expect(stdin.equals(body)).toBe(true);
});

it('keeps headers in their order, repeats, empty ones and bytes beyond ASCII', () => {
  const headers: [string, string][] = [
    ['X-A', '1'],
    ['x-a', "it's 2"],
    ['X-Empty', ''],
    ['X-Latin', "caf\u00e9 100% \\ '\t"],
    ['Authorization', 'Bearer \u2022\u2022\u2022'.replaceAll('\u2022', '*')],
  ];
  const { args } = asked(request({ method: 'GET', headers, body: null }));
  expect(after(args, '-H')).toEqual([
    'X-A: 1',
    "x-a: it's 2",
    'X-Empty;',
    "X-Latin: caf\u00e9 100% \\ '\t",
    'Authorization: Bearer ***',
    'Accept:',
    'User-Agent:',
  ]);
});

it.each<[string, Partial<SentRequest>, string[], string[]]>([
  ['a GET', { method: 'GET', body: null }, [], ['-X', '--data-raw']],
  ['a GET with a body', { method: 'GET' }, ['-X', 'GET', '--data-raw'], []],
  ['a HEAD', { method: 'HEAD', body: null }, ['--head'], ['-X', '--data-raw']],
  ['a DELETE without a body', { method: 'DELETE', body: null }, ['-X', 'DELETE'], ['--data-raw']],
  [
    'a POST without a body',
    { method: 'POST', body: null, headers: [] },
    ['-X', 'POST', '--data-raw', '', 'Content-Type:'],
    [],
  ],
  ['a method of odd characters', { method: "o'$dd" }, ['-X', "o'$dd"], []],
  ['a URL that curl would take for many', { url: 'http://127.0.0.1:9/a[1-3]{b}' }, ['--globoff'], ['--http1.1']],
  ['a URL as it is sent', { url: 'http://h/é/../b?q=é' }, ['http://h/b?q=%C3%A9'], []],
  [
    'an Accept-Encoding of its own',
    { headers: [['accept-encoding', 'br']] },
    ['accept-encoding: br'],
    ['--compressed'],
  ],
  ['1 MiB: without asking first', { body: Buffer.alloc(1024 * 1024, 'x') }, ['Expect:'], []],
])('%s', (_what, rest, present, absent) => {
  const { args } = asked(request(rest));
  expect(args).toEqual(expect.arrayContaining(present));
  for (const each of absent) expect(args).not.toContain(each);
});

describe('a form', () => {
  const headers: [string, string][] = [
    ['Content-Type', 'multipart/form-data; boundary=x'],
    ['Accept', '*/*'],
    ['User-Agent', 'Hookline'],
  ];
  const sent = request({ headers, body: Buffer.from('[]') });
  const commandOf = (...parts: ShownPart[]) => curlFormCommand(sent, curlForm(parts)!)!;
  const file = { name: 'f[]', contentType: 'application/pdf', bytes: 1, fileId: 'fil_1' };

  it('has a field for each part, in order, and leaves the boundary to curl', () => {
    const text = commandOf({ name: 'a', text: '@x;type="y" \\ \n\u0007ü' }, { ...file, filename: '見積書 "1".pdf' });
    expect(text.split('\n')[0]).toBe('# Save as "./見積書 \\"1\\".pdf" first: GET /api/v1/files/fil_1');
    const { args } = asked(sent, text);
    expect(after(args, '-F').map((each) => bytes(each).toString())).toEqual([
      'a="@x;type=\\"y\\" \\\\ \n\u0007ü";type=text/plain; charset=utf-8',
      'f[]=@"./見積書 \\"1\\".pdf";type=application/pdf;filename="見積書 \\"1\\".pdf"',
    ]);
    expect(after(args, '-H')).toEqual(['Accept: */*', 'User-Agent: Hookline', 'Expect:']);
  });

  it.each(['../../.ssh/id_rsa', '/etc/passwd', '..\\..\\secret', '-'])(
    'reads no file outside its folder: %s',
    (filename) => {
      const { args } = asked(sent, commandOf({ ...file, filename }));
      expect(after(args, '-F')[0]).toMatch(/^f\[\]=@"\.\/[^/\\]+";/);
    },
  );

  it('is no command where curl cannot say it', () => {
    expect(curlForm([{ name: 'a=b', text: '' }])).toBeNull();
    expect(curlFormCommand(sent, curlForm([{ name: 'a', text: '\0' }])!)).toBeNull();
  });
});
