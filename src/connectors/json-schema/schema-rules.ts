import { pointer, type Fault } from '../../core/errors.js';
import { isObject } from '../../core/json.js';
import type { JsonSchema } from '../event-types/event-type.js';

export const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
/** Compiling this many took 0.4 s at worst, once. */
const MAX_SUBSCHEMAS = 500;
const MAX_DEPTH = 32;
/** Of all patterns together: compiling the worst 1,000 characters took 65 ms. */
const MAX_PATTERN_CHARS = 2_000;

/** A keyword of our own in every subschema, by which a check pays for looking at it. */
export const COST_KEYWORD = 'hookline:cost';

const SINGLE = new Set([
  ...['items', 'contains', 'additionalProperties', 'propertyNames', 'unevaluatedItems', 'unevaluatedProperties'],
  ...['not', 'if', 'then', 'else'],
]);
const LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const MAPS = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']);
const REFUSED: Record<string, string> = {
  $id: 'Leave it out: a schema is known by the name of its event type.',
  $dynamicRef: 'Use $ref with a pointer into this schema.',
  $dynamicAnchor: 'Use $ref with a pointer into this schema.',
  $recursiveRef: 'Use $ref with a pointer into this schema.',
  $recursiveAnchor: 'Use $ref with a pointer into this schema.',
  $anchor: 'Use $ref with a pointer into this schema.',
  $vocabulary: 'Leave it out.',
  dependencies: 'Use dependentRequired or dependentSchemas.',
  [COST_KEYWORD]: 'Leave it out.',
};

type Path = readonly (string | number)[];

/** A schema that keeps the rules, ready to compile; or everything that is against them, by pointer into the schema. */
export interface Ruled {
  schema: JsonSchema;
  faults: Fault[];
}

/**
 * Copies a schema and holds it against what keeps its check harmless: bounded in size, references only into itself and
 * only to subschemas, so that each of them pays for its work.
 */
export function underRules(schema: JsonSchema): Ruled {
  const walk = new Walk();
  const copy = walk.visit(schema, [], 0) as JsonSchema;
  return { schema: copy, faults: walk.end() };
}

class Walk {
  private readonly faults: Fault[] = [];
  private readonly places = new Set<string>(['']);
  private readonly references: { to: unknown; at: Path }[] = [];
  private patternChars = 0;

  visit(schema: unknown, at: Path, depth: number): unknown {
    if (!isObject(schema)) return schema; // true and false are schemas; anything else is the metaschema's to refuse
    this.places.add(pointer(at));
    if (this.places.size > MAX_SUBSCHEMAS || depth > MAX_DEPTH) return schema;
    if (depth === MAX_DEPTH) this.fault(at, 'too_deep', `Nests deeper than ${MAX_DEPTH} levels.`);
    const copy: Record<string, unknown> = { [COST_KEYWORD]: true };
    for (const [key, value] of Object.entries(schema)) copy[key] = this.member(key, value, at, depth + 1);
    return copy;
  }

  end(): Fault[] {
    if (this.places.size > MAX_SUBSCHEMAS) {
      this.fault([], 'too_big', `Has more than ${MAX_SUBSCHEMAS} subschemas.`);
    } else {
      for (const { to, at } of this.references) this.checkReference(to, at);
    }
    if (this.patternChars > MAX_PATTERN_CHARS) {
      this.fault([], 'too_big', `Its patterns have more than ${MAX_PATTERN_CHARS} characters together.`);
    }
    return this.faults;
  }

  private member(key: string, value: unknown, at: Path, depth: number): unknown {
    const here = [...at, key];
    if (Object.hasOwn(REFUSED, key)) {
      this.fault(here, 'not_allowed', `"${key}" is not available. ${REFUSED[key]}`);
    } else if (key === '$schema' && (at.length > 0 || String(value).replace(/#$/, '') !== DIALECT)) {
      this.fault(here, 'not_allowed', `Must be ${DIALECT}, at the top, or left out.`);
    } else if (key === '$ref') this.references.push({ to: value, at: here });
    else if (key === 'pattern') this.patternChars += String(value).length;
    else if (SINGLE.has(key)) return this.visit(value, here, depth);
    else if (LISTS.has(key) && Array.isArray(value)) {
      return value.map((each, index) => this.visit(each, [...here, index], depth));
    } else if (MAPS.has(key) && isObject(value)) {
      if (key === 'patternProperties') this.patternChars += Object.keys(value).join('').length;
      return Object.fromEntries(
        Object.entries(value).map(([name, each]) => [name, this.visit(each, [...here, name], depth)]),
      );
    }
    return value;
  }

  private checkReference(to: unknown, at: Path): void {
    const target = typeof to === 'string' ? decoded(to) : null;
    if (target === null || !target.startsWith('#')) {
      this.fault(at, 'not_allowed', 'May only point into this schema, for example "#/$defs/address".');
    } else if (!this.places.has(target.slice(1))) {
      this.fault(at, 'not_found', 'Points to no subschema of this schema.');
    }
  }

  private fault(at: Path, code: string, message: string): void {
    this.faults.push({ path: pointer(at), code, message });
  }
}

function decoded(reference: string): string | null {
  try {
    return decodeURIComponent(reference);
  } catch {
    return null;
  }
}
