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

function compiledPattern(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known) return known;
  if (pattern.length > MAX_PATTERN) {
    throw new MappingError(`A regular expression is longer than ${MAX_PATTERN} characters.`);
  }
  spend(COMPILE_UNITS);
  let regex: RE2JS;
  try {
    regex = RE2JS.compile(pattern);
  } catch {
    throw new MappingError('The regular expression is not valid RE2 syntax.');
  }
  if (compiled.size === MAX_CACHED) compiled.clear();
  compiled.set(pattern, regex);
  return regex;
}
