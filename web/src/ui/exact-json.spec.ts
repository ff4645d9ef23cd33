import { parseExact } from './exact-json.js';

it('writes every number again as it came', () => {
  const text = '{"a":12345678901234567890,"b":[1.0,1,0.1,-0,1e3],"c":"1.0","d":null}';
  expect(JSON.stringify(parseExact(text))).toBe(text);
  expect(parseExact('{"a":1,"b":[true,"x"]}')).toEqual({ a: 1, b: [true, 'x'] });
});
