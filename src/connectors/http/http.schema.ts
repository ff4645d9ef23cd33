import { z } from 'zod';
import type { BodyType, HttpInput, Pagination, Pair } from '../../core/definition.js';
import { isObject } from '../../core/json.js';

const MAX_PAIRS = 200;
const MAX_KEY_CHARS = 1024;
const MAX_VALUE_CHARS = 256 * 1024;
const MAX_URL_CHARS = 8 * 1024;
const MAX_REDIRECTS = 10;
const MAX_PAGES = 1_000;
const BODY_TYPES = ['none', 'json', 'raw', 'urlencoded', 'form-data'] as const satisfies readonly BodyType[];

/** What PostgreSQL stores and gives back unchanged, at every depth: no NUL, no half of a surrogate pair. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed();
  if (Array.isArray(value)) return value.every(isStorable);
  return !isObject(value) || Object.entries(value).every((entry) => entry.every(isStorable));
}
const storable = { message: 'must not hold the character U+0000 or half of a surrogate pair' };

const text = (maxChars: number) => z.string().max(maxChars).refine(isStorable, storable);

/** Any JSON, as it was parsed (`z.json()` would take raw numbers apart); its strings may hold `{{ expressions }}`. */
const jsonValue = z
  .unknown()
  .refine(isStorable, storable)
  .refine((value) => JSON.stringify(value).length <= MAX_VALUE_CHARS, {
    message: `must not be longer than ${MAX_VALUE_CHARS} characters as JSON`,
  });

const pair = z
  .strictObject({
    key: text(MAX_KEY_CHARS).min(1),
    value: jsonValue.default(''),
    whenMissing: z.enum(['send-null', 'omit', 'empty', 'default', 'fail']).optional(),
    default: jsonValue.optional(),
  })
  .meta({
    title: 'Pair',
    description: 'One key and its value; `whenMissing` says what a null or missing value becomes.',
  });

const pairs: z.ZodType<Pair[]> = z.array(pair).max(MAX_PAIRS);

const expression = text(4096).min(1);
const parameter = text(MAX_KEY_CHARS).min(1);
const pages = {
  items: expression.default('body'),
  maxPages: z.int().min(1).max(MAX_PAGES).default(100),
  stopWhenEmpty: z.boolean().default(true),
  stopWhen: expression.nullable().default(null),
};

const pagination: z.ZodType<Pagination> = z
  .discriminatedUnion('by', [
    z.strictObject({ by: z.literal('next-url'), next: expression, ...pages }),
    z.strictObject({ by: z.literal('link-header'), ...pages }),
    z.strictObject({
      by: z.literal('page'),
      parameter: parameter.default('page'),
      first: z.int().min(0).max(1_000_000_000).default(1),
      ...pages,
    }),
    z.strictObject({
      by: z.literal('offset'),
      parameter: parameter.default('offset'),
      first: z.int().min(0).max(1_000_000_000).default(0),
      size: z.int().min(1).max(1_000_000).nullable().default(null),
      ...pages,
    }),
    z.strictObject({ by: z.literal('cursor'), parameter: parameter.default('cursor'), next: expression, ...pages }),
  ])
  .meta({
    title: 'Pagination',
    description:
      'One call for each page. Expressions (without braces) see `status`, `headers`, `body` and `page` of the page just read.',
  });

const shared = {
  url: text(MAX_URL_CHARS),
  query: pairs.default([]),
  headers: pairs.default([]),
  omitNulls: z.boolean().default(false),
  queryArrays: z.enum(['repeat', 'brackets', 'indices', 'comma']).default('repeat'),
  redirects: z.int().min(0).max(MAX_REDIRECTS).default(0),
  success: z
    .strictObject({
      statuses: z
        .array(z.string().regex(/^[1-5](\d\d|xx)$/, 'must be a status (201) or a class (2xx)'))
        .min(1)
        .max(50)
        .default(['2xx']),
      when: text(4096).min(1).nullable().default(null),
    })
    .prefault({}),
  pagination: pagination.nullable().default(null),
};

/** `get`, `post`, `put`. */
export const fixedInput: z.ZodType<HttpInput> = z.strictObject({ ...shared, body: pairs.default([]) });

export const customInput: z.ZodType<HttpInput> = z.strictObject({
  ...shared,
  method: z
    .string()
    .max(40)
    .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'must be an HTTP method: letters, digits and - are fine')
    .default('POST'),
  bodyType: z.enum(BODY_TYPES).default('json'),
  contentType: text(200).optional(),
  body: z.union([pairs, text(MAX_VALUE_CHARS)]).default([]),
});
