import { z } from 'zod';
import { type Fault, pointer } from '../../core/errors.js';

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

/** What zod found, as faults that say the fix. At most `MAX_FAULTS` are sent on: see `problem.ts`. */
export function faultsOf(error: z.ZodError, under: readonly (string | number)[] = []): Fault[] {
  return error.issues.flatMap((issue) => faultsOfIssue(issue, under));
}

const MESSAGES = { error: messageOf };

/**
 * Checks a value; messages that a schema does not give itself are written here. A good value never pays for them: it
 * is checked a second time only where it is bad.
 */
export function check<T>(schema: z.ZodType<T>, value: unknown): z.ZodSafeParseResult<T> {
  const result = schema.safeParse(value);
  return result.success ? result : schema.safeParse(value, MESSAGES);
}

function faultsOfIssue(issue: Issue, under: readonly (string | number)[]): Fault[] {
  const at = [...under, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pointer([...at, key]),
      code: 'unknown_field',
      message: `There is no field ${shown(key)} here. Remove it, or correct its name.`,
    }));
  }
  if (issue.code === 'invalid_union') {
    const branches = issue.errors.filter((branch) => branch.length > 0);
    const likeliest = branches.find((branch) => branch.every((each) => each.path.length > 0));
    if (likeliest) return likeliest.flatMap((each) => faultsOfIssue(each, at));
  }
  if ((issue.code === 'invalid_key' || issue.code === 'invalid_element') && issue.issues.length > 0) {
    return issue.issues.slice(0, 1).map((each) => ({ path: pointer(at), code: codeOf(each), message: each.message }));
  }
  return [{ path: pointer(at), code: codeOf(issue), message: issue.message }];
}

function codeOf(issue: Issue): string {
  if (issue.code === 'custom') return (issue.params?.code as string | undefined) ?? 'invalid';
  if (issue.code === 'invalid_type' && issue.message.startsWith('Missing')) return 'required';
  return issue.code === 'invalid_type' ? 'wrong_type' : issue.code;
}

/** Zod asks here only where the schema has no message of its own. */
function messageOf(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return `Missing: give ${article(issue.expected)}.`;
      return `Must be ${article(issue.expected)}, not ${kindOf(issue.input)}.`;
    case 'invalid_value':
      return `Must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map((each) => shown(each)).join(', ')}.`;
    case 'too_big':
      return `Too ${issue.origin === 'number' || issue.origin === 'int' ? 'big' : 'long'}: at most ${issue.maximum}${unitOf(issue.origin)}.`;
    case 'too_small':
      return `Too ${issue.origin === 'number' || issue.origin === 'int' ? 'small' : 'short'}: at least ${issue.minimum}${unitOf(issue.origin)}.`;
    case 'invalid_format':
      return issue.format === 'regex' ? `Must match ${issue.pattern}.` : `Must be a valid ${issue.format}.`;
    case 'invalid_union':
      return issue.discriminator === undefined
        ? 'Has none of the shapes that are possible here.'
        : `"${issue.discriminator}" must be one of those listed in the API document.`;
    default:
      return undefined;
  }
}

function article(expected: string): string {
  if (expected === 'record') return 'an object';
  if (expected === 'int') return 'a whole number';
  if (expected === 'nonoptional') return 'a value';
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  if (origin === 'array' || origin === 'set') return ' items';
  return origin === 'object' || origin === 'record' ? ' members' : '';
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (Number.isNaN(value)) return 'text'; // JSON has no NaN: it was written in the query
  if (typeof value === 'number' && !Number.isFinite(value)) return 'a number that large';
  return article(typeof value);
}

/** A value in quotes, cut: what a caller wrote comes back in an answer only in small pieces. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : String(value);
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
