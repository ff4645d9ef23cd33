import { EchoMask } from './echo-mask.js';

const SECRET = `a/"%+&=<'s3cr\\t é">\\~!`;
const BASE64 = 'YW5uOnAvIiUrJj08+/==';
const bodyOf = (text: string, secrets = [SECRET, BASE64], encoding: BufferEncoding = 'utf8') =>
  EchoMask.of(secrets)!
    .answer({ headers: [], body: Buffer.from(text, encoding) })
    .body.toString(encoding);

/** As programs of all kinds write a text into what they answer. */
const WRITINGS: [string, (text: string) => string][] = [
  ['as it is', (text) => text],
  ['JSON', (text) => JSON.stringify(text).slice(1, -1)],
  ['JSON within JSON', (text) => JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1)],
  ['JSON of PHP', (text) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/').replaceAll('é', '\\u00e9')],
  [
    'JSON of Go',
    (text) =>
      JSON.stringify(text)
        .slice(1, -1)
        .replace(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`),
  ],
  [
    'JSON of Java',
    (text) =>
      JSON.stringify(text)
        .slice(1, -1)
        .replace(/[<>&=']/g, (char) => `\\u00${char.charCodeAt(0).toString(16).toUpperCase()}`),
  ],
  ['a URL', encodeURIComponent],
  ['a URL, in small letters', (text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase())],
  ['a URL in a URL', (text) => encodeURIComponent(encodeURIComponent(text))],
  ['a form', (text) => new URLSearchParams({ a: text }).toString().slice(2)],
  [
    'HTML',
    (text) =>
      text
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll("'", '&#39;'),
  ],
  [
    'HTML of Python',
    (text) =>
      text
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&#34;')
        .replaceAll("'", '&#x27;'),
  ],
];

describe('a credential that a receiver repeats', () => {
  it.each(WRITINGS)('is masked, written as %s', (_, write) => {
    expect(bodyOf(`{"got":"Basic ${write(BASE64)}","it":"${write(SECRET)}."}`)).toBe(
      '{"got":"Basic ••••","it":"••••."}',
    );
  });

  it('is masked in every place, also in an answer that is Latin-1, and in headers', () => {
    expect(bodyOf(`${SECRET}${SECRET} ${SECRET}`)).toBe('•••••••• ••••');
    expect(bodyOf(`-${SECRET}-`, [SECRET], 'latin1')).toBe(`-${Buffer.from('••••').toString('latin1')}-`);
    const { headers } = EchoMask.of([SECRET])!.answer({
      headers: [
        ['Location', `/?key=${encodeURIComponent(SECRET)}&a=1`],
        ['X', '1'],
      ],
      body: Buffer.alloc(0),
    });
    expect(headers).toEqual([
      ['Location', '/?key=••••&a=1'],
      ['X', '1'],
    ]);
  });

  it('is masked whole where another one is a part of it', () => {
    expect(bodyOf('[long-token-1 long-token]', ['long-token', 'long-token-1'])).toBe('[•••• ••••]');
  });

  it('is masked whole also where it is long and every character has many writings', () => {
    const long = '+/="\\'.repeat(4_000);
    expect(bodyOf(`[${long}]`, [long])).toBe('[••••]');
    expect(bodyOf(`[${encodeURIComponent(long)}]`, [long])).toBe('[••••]');
  });

  it('leaves everything else as it is: the very same bytes', () => {
    const answer = { headers: [['A', 'b']] as [string, string][], body: Buffer.from('{"s3cr":"long-token"}') };
    expect(EchoMask.of([SECRET, 'long-token-1'])!.answer(answer)).toBe(answer);
  });

  it('is not looked for where it is too short to be told from other text', () => {
    expect(EchoMask.of(['1234567', ''])).toBeNull();
    expect(bodyOf('1234567 12345678', ['1234567', '12345678'])).toBe('1234567 ••••');
  });

  it.each([
    ['\\'.repeat(40) + 'the-end', '\\'.repeat(20_000) + ' the-end'],
    ['\\"'.repeat(40) + 'the-end', (('\\'.repeat(8) + '"').repeat(40) + ' the-end ').repeat(100)],
    ['%&"/ '.repeat(40) + 'the-end', ('%25&amp;\\"\\/+'.repeat(40) + ' the-end ').repeat(100)],
  ])('is looked for in no more time where %j is almost there', (secret, almost) => {
    expect(bodyOf(almost, [secret])).toBe(almost);
  });
});
