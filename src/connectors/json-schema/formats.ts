import type { Format } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { spend } from './work.js';

/** Longest text looked at; longer ones are never of that format. The library's patterns are quadratic for the first two. */
const MAX_CHARS = {
  email: 320,
  hostname: 255,
  'date-time': 64,
  date: 64,
  time: 64,
  duration: 64,
  uuid: 64,
  ipv4: 64,
  ipv6: 64,
  uri: 2_048,
  'uri-reference': 2_048,
  'json-pointer': 2_048,
} as const;
type Name = keyof typeof MAX_CHARS;
const QUADRATIC: ReadonlySet<string> = new Set(['email', 'hostname']);

type Test = (text: string) => boolean;

/** The formats that are checked; any other is a remark, as the standard has it. */
export const formats: Record<string, Format> = Object.fromEntries(
  (Object.keys(MAX_CHARS) as Name[]).map((name) => {
    const test = testOf(fullFormats[name]);
    return [
      name,
      (text: string) => {
        if (text.length > MAX_CHARS[name]) return false;
        spend(QUADRATIC.has(name) ? 50 + text.length ** 2 / 32 : 50 + text.length);
        return test(text);
      },
    ];
  }),
);

function testOf(format: (typeof fullFormats)[Name]): Test {
  if (format instanceof RegExp) return (text) => format.test(text);
  if (typeof format === 'function') return format;
  return testOf((format as { validate: RegExp | Test }).validate);
}
