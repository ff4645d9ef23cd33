import fc from 'fast-check';

/** Stands for a JSON token that `JSON.stringify` cannot write. */
const RAW = (token: string): string => `@raw:${token}@`;
/** As JSON. */
export const written = (value: unknown): string => (JSON.stringify(value) ?? '').replace(/"@raw:([^@]*)@"/g, '$1');

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

/** What somebody who means harm, or a program that has gone wrong, would send. */
export const NAUGHTY: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  RAW('1e400'),
  RAW('-0'),
  RAW('12345678901234567890123'),
  RAW(`1${'0'.repeat(5_000)}`),
  RAW('{"__proto__":{"admin":true}}'),
  RAW('{"constructor":{"prototype":{"admin":true}}}'),
  RAW('"\\ud800"'),
  RAW('"\\u0000"'),
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e\u200b\ufeff',
  '👩‍👩‍👧‍👦'.repeat(30),
  'x'.repeat(100_000),
  '__proto__',
  'constructor',
  'toString',
  '{{',
  '}}',
  '{{ trigger.data.a.b.c }}',
  `{{ ${'('.repeat(500)} }}`,
  '{{ [1,2].map(a, [1,2].map(b, [1,2].map(c, a + b + c))) }}',
  '{{ "a".matches("(a+)+$") }}',
  "' or 1=1 --",
  '../../../../etc/passwd',
  '%00%0d%0a',
  'a\r\nX-Injected: 1',
  'javascript:alert(1)',
  'http://[::1',
  '2026-13-45T99:99:99Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999999+23:59',
  'int_00000000000000000000000000',
  'run_7zzzzzzzzzzzzzzzzzzzzzzzzz',
  [],
  {},
  [[]],
  [null],
  { a: 1 },
  nested(63),
  Array.from({ length: 2_000 }, (_, n) => n),
];

/** Cursors of pages that nobody was given. */
export const CURSORS = [null, 1, -1, 1e308, 'x', '', '00000000-0000-7000-8000-000000000000', ['a', 'b'], { id: 1 }].map(
  (value) => Buffer.from(JSON.stringify(value)).toString('base64url'),
);

const naughty = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NAUGHTY) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
);

/** What is done to a valid body: one or two of its places get something else, or members come and go. */
export const mutation = fc.record({
  place: fc.nat(),
  value: naughty,
  how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add', 'whole'),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never;

/** The body with that done to it; a body without places is replaced. */
export function mutated(body: unknown, { place, value, how }: Mutation): unknown {
  if (how === 'whole') return value;
  const copy = structuredClone(body);
  const places = placesIn(copy);
  if (places.length === 0) return value;
  const { holder, key } = places[place % places.length];
  if (how === 'remove') delete holder[key];
  else if (how === 'add') holder[`${key}${Array.isArray(holder) ? '' : 'Extra'}`] = value;
  else holder[key] = value;
  return copy;
}

type Holder = Record<string, unknown>;

function placesIn(value: unknown): { holder: Holder; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}
