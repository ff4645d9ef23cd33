import { RE2JS } from 're2js';
import { spend } from './cel-cost.js';
import { MappingError } from './errors.js';

const MAX_PATTERN = 1000;
const MAX_CACHED = 200;
/** Compiling the worst pattern of 1,000 characters took 65 ms (re2js 2.10, `a{1000}` thirty times). */
const COMPILE_UNITS = 20_000;

const compiled = new Map<string, RE2JS>();

/** Whether the pattern (RE2 syntax) matches anywhere in the text, in time linear in the text. */
export function linearRegex(text: string, pattern: string): boolean {
  return compiledPattern(pattern).test(text);
}

/**
 * A pattern in JavaScript's syntax, as JSON Schema has it, matched in time linear in the text; throws `MappingError`
 * for what cannot be matched so (look-around, back references). Not kept: the caller does, and pays for the texts.
 */
export function javascriptPattern(pattern: string): (text: string) => boolean {
  if (pattern.length > MAX_PATTERN) throw tooLong();
  const regex = parsed(() => RE2JS.compile(RE2JS.translateRegExp(pattern)));
  return (text) => regex.test(text);
}

function compiledPattern(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known) return known;
  if (pattern.length > MAX_PATTERN) throw tooLong();
  spend(COMPILE_UNITS);
  const regex = parsed(() => RE2JS.compile(pattern));
  if (compiled.size === MAX_CACHED) compiled.clear();
  compiled.set(pattern, regex);
  return regex;
}

function parsed(compile: () => RE2JS): RE2JS {
  try {
    return compile();
  } catch {
    throw new MappingError('The regular expression is not valid RE2 syntax.');
  }
}

const tooLong = (): MappingError => new MappingError(`A regular expression is longer than ${MAX_PATTERN} characters.`);
