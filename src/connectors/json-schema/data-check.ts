import { _, Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Fault } from '../../core/errors.js';
import { canonicalJson } from '../../core/json.js';
import { javascriptPattern } from '../../platform/expressions/regex.js';
import type { JsonSchema } from '../event-types/event-type.js';
import { faultOf, MAX_TOLD } from './data-faults.js';
import { formats } from './formats.js';
import { COST_KEYWORD, underRules } from './schema-rules.js';
import { spend, spendOne, TooMuchWork, withWork } from './work.js';

/** Of longer data only the first fault is told: all of them could be a million. */
const MAX_FULLY_TOLD_CHARS = 64 * 1024;

const GAVE_UP: Fault = {
  path: '',
  code: 'too_much_work',
  message: 'Could not be checked: for data like this the schema asks for too much work.',
};

/**
 * A schema, compiled when it is first needed; then a check of a small event takes about a microsecond. It calls
 * nothing, reads nothing from elsewhere, and ends: see `schema-rules.ts` and `work.ts`.
 */
export class DataCheck {
  private compiled: { verdict: ValidateFunction; every: ValidateFunction | null } | null = null;

  /** `schema` must have passed `schemaFaults`. */
  constructor(private readonly schema: JsonSchema) {}

  /** Null where the data satisfies the schema; otherwise at least one fault, at most `MAX_TOLD`. */
  faults(data: unknown, chars: number): Fault[] | null {
    this.compiled ??= { verdict: compile(this.schema, false), every: null };
    const { verdict } = this.compiled;
    try {
      if (withWork(() => verdict(data))) return null;
      if (chars > MAX_FULLY_TOLD_CHARS) return told(verdict.errors);
      const every = (this.compiled.every ??= compile(this.schema, true));
      withWork(() => every(data));
      return told(every.errors);
    } catch (error) {
      if (error instanceof TooMuchWork) return [GAVE_UP];
      throw error;
    }
  }
}

/** Everything that keeps a schema from being used, by pointer into it. */
export function schemaFaults(schema: JsonSchema): Fault[] {
  const { faults } = underRules(schema);
  if (faults.length > 0) return faults;
  metaschema ??= new Ajv2020({ strict: false, logger: false });
  if (!metaschema.validateSchema(schema)) return told(metaschema.errors);
  try {
    compile(schema, false);
    return [];
  } catch (error) {
    return [{ path: '', code: 'invalid', message: (error as Error).message.slice(0, 300) }];
  }
}

/** Its own first use takes a tenth of a second: only who makes event types pays for it. */
let metaschema: Ajv2020 | undefined;

/** With a library of its own each time: what it remembers of schemas goes with it. */
function compile(schema: JsonSchema, allErrors: boolean): ValidateFunction {
  const ajv = new Ajv2020({
    strict: false,
    logger: false,
    allErrors,
    meta: false,
    validateSchema: false,
    // A name like `constructor` is not there just because every object has it.
    ownProperties: true,
    // 19.99 is a multiple of 0.01.
    multipleOfPrecision: 9,
    // Inlining copies a schema to each reference; the optimizer took 2.2 s for 1,000 properties.
    inlineRefs: false,
    code: { optimize: false, regExp: Object.assign(linearPattern, { code: 'linearPattern' }) },
    formats,
  });
  ajv.addKeyword({
    keyword: COST_KEYWORD,
    before: '$dynamicAnchor',
    code: ({ gen }) => gen.code(_`${gen.scopeValue('func', { ref: spendOne })}()`),
  });
  // The library compares each with each.
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    error: { message: 'must not have the same item twice' },
    validate: (wanted: boolean, items: unknown[]) => !wanted || areUnique(items),
  });
  return ajv.compile({ ...underRules(schema).schema, $id: 'https://schema.invalid/' });
}

/** What the library uses for `pattern`: linear in the text, whatever the pattern. */
function linearPattern(pattern: string): { test(text: string): boolean; toString(): string } {
  const matches = javascriptPattern(pattern);
  return {
    test(text) {
      spend(100 + text.length);
      return matches(text);
    },
    toString: () => pattern,
  };
}

function areUnique(items: unknown[]): boolean {
  const seen = new Set<string>();
  for (const item of items) {
    const text = canonicalJson(item);
    spend(1 + text.length / 16);
    if (seen.has(text)) return false;
    seen.add(text);
  }
  return true;
}

const told = (errors: readonly ErrorObject[] | null | undefined): Fault[] =>
  (errors ?? []).slice(0, MAX_TOLD).map(faultOf);
