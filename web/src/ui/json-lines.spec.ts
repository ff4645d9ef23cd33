import fc from 'fast-check';
import { jsonLines, type JsonLine } from './json-lines.js';

const print = (lines: JsonLine[] | null): string | null =>
  lines && lines.map((line) => '  '.repeat(line.depth) + line.tokens.map((token) => token.text).join('')).join('\n');

describe('laying JSON out over lines', () => {
  it('lays out any JSON exactly as JSON.stringify would', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(print(jsonLines(text))).toBe(JSON.stringify(JSON.parse(text), null, 2));
      }),
      { examples: [['{"a":[1,{"b":[]}],"c":{}}'], ['[[[]]]'], ['"x"'], [' 7 ']] },
    );
  });

  it('keeps every digit, the order of keys and a key that comes twice', () => {
    expect(print(jsonLines('{"b":12345678901234567890.10,"a":1e400,"b":-0}'))).toBe(
      '{\n  "b": 12345678901234567890.10,\n  "a": 1e400,\n  "b": -0\n}',
    );
  });

  it('tells keys, texts, numbers and words apart', () => {
    const [, key, value, word] = jsonLines('{"k":"t","n":2,"w":null}') ?? [];
    expect(key.tokens.map((token) => token.kind)).toEqual(['key', 'mark', 'string', 'mark']);
    expect(value.tokens.map((token) => token.kind)).toEqual(['key', 'mark', 'number', 'mark']);
    expect(word.tokens.map((token) => token.kind)).toEqual(['key', 'mark', 'word']);
  });

  it.each(['', ' ', '{', '[1,]', '{"a"}', '{"a":1,}', 'nul', '1 2', '01', '"\n"', '<html>', '{a:1}', '[1}', '"\\x"'])(
    'says that %j is not JSON',
    (text) => expect(jsonLines(text)).toBeNull(),
  );

  it('does not run out of stack on deep text', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(jsonLines(deep)).toHaveLength(199_999);
  });
});
