import {
  canonicalJson,
  elementTexts,
  hasMoreValues,
  isObject,
  isRawNumber,
  jsonDepth,
  memberText,
  parseJson,
  toNumber,
} from './json.js';

describe('parseJson', () => {
  it.each([
    '12345678901234567890',
    '1.0',
    '1e2',
    '-0',
    '0.1',
    '1E400',
    '[1,2,3]',
    '{"b":9007199254740993,"a":[1.50,{"c":null}]}',
    '"2026-11-22T03:47:15.120Z"',
    '{"text":"a 1.0 in text"}',
    'true',
    '{"__proto__":1.0,"b":{"__proto__":{"x":2.0}}}',
    '[[1.0],["1.0",-0,2026,"2026-12-01"],{"a":{"b":[1e400]}}]',
  ])('gives back every digit of %s', (text) => {
    expect(JSON.stringify(parseJson(text))).toBe(text);
  });

  it('keeps a number that a double holds as a number', () => {
    expect(parseJson('{"a":42,"b":0.5}')).toEqual({ a: 42, b: 0.5 });
  });

  it('keeps a number that a double would change as its text, still readable as a number', () => {
    const value = parseJson('9007199254740993');
    expect(isRawNumber(value)).toBe(true);
    expect(isObject(value)).toBe(false);
    expect(toNumber(value as number)).toBe(9007199254740992);
  });

  it.each([
    '{"a":1.0,}',
    '[1.2.3]',
    '[01.0]',
    '[1.0"x"]',
    '{1.0:2}',
    '[-]',
    '[1.]',
    '[.5]',
    '1.0 2',
    '[1e]',
    '[1.0',
    '"1.0',
  ])('throws at %s, which is not JSON', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  it('does not parse again what was parsed, unless a digit would be lost', () => {
    const plain = { a: 1 };
    expect(parseJson('{"a":1}', plain)).toBe(plain);
    expect(JSON.stringify(parseJson('{"a":1.0}', plain))).toBe('{"a":1.0}');
  });
});

describe('jsonDepth', () => {
  it.each([
    ['1', 0],
    ['{}', 1],
    ['[[{"a":[]}]]', 4],
    ['{"a":"[[[[","b":"\\"[[["}', 1],
    ['['.repeat(70), 70],
  ])('of %s is %i', (text, depth) => {
    expect(jsonDepth(text)).toBe(depth);
  });
});

describe('memberText', () => {
  it.each([
    ['{"type":"t","data":{"b": 1.0, "1": "x"}}', '{"b": 1.0, "1": "x"}'],
    ['{ "data" : [1, {"data": 2}] , "type":"t"}', '[1, {"data": 2}]'],
    ['{"other":{"data":1},"data":12345678901234567890}', '12345678901234567890'],
    ['{"data":1,"data":"last"}', '"last"'],
    ['{"d\\u0061ta":null}', 'null'],
    ['{"x":"data","data":"a \\"}, b"}', '"a \\"}, b"'],
    ['{"data":-1.5e3}', '-1.5e3'],
  ])('finds the text of "data" in %s', (text, expected) => {
    expect(memberText(text, 'data')).toBe(expected);
  });

  it('is undefined where there is no such member', () => {
    expect(memberText('{"type":"data","nested":{"data":1}}', 'data')).toBeUndefined();
  });
});

describe('hasMoreValues', () => {
  it.each([
    ['1', 1, false],
    ['[1,2,3]', 4, false],
    ['[1,2,3]', 3, true],
    ['{"a":"[,,,]","b":[1]}', 4, false],
    ['{"a":"[,,,]","b":[1]}', 3, true],
  ])('of %s with %d is %s', (text, most, expected) => {
    expect(hasMoreValues(text, most)).toBe(expected);
  });
});

describe('elementTexts', () => {
  it.each([
    ['[]', []],
    ['[ 1.0 , {"a":[1,2]},"x,y]" ]', ['1.0', '{"a":[1,2]}', '"x,y]"']],
  ])('of %s', (text, expected) => {
    expect(elementTexts(text)).toEqual(expected);
  });
});

describe('canonicalJson', () => {
  it.each([
    ['{"b":1,"a":2}', '{"a":2,"b":1}'],
    ['{"a":1.0}', '{"a":1}'],
    ['{"a":1e2}', '{"a":100}'],
    ['{"a":-0}', '{"a":0}'],
    ['[3,1,2]', '[3,1,2]'],
    ['{"é":1,"z":{"y":1,"x":2}}', '{"z":{"x":2,"y":1},"é":1}'],
  ])('of %s is %s', (text, expected) => {
    expect(canonicalJson(parseJson(text))).toBe(expected);
  });

  it('tells two numbers apart that are one double', () => {
    expect(canonicalJson(parseJson('12345678901234567890'))).not.toBe(canonicalJson(parseJson('12345678901234567891')));
  });
});
