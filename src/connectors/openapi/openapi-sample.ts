import { isObject, isRawNumber } from '../../core/json.js';
import { listOf, own, type Node, type OpenApiDocument } from './openapi-document.js';

const MAX_DEPTH = 8;
/** Of schemas and values looked at for one step; a few lines can describe a tree without end. */
const MAX_WORK = 20_000;
const MAX_ELEMENTS = 100;
const MAX_TEXT_CHARS = 4_096;

/** One property of an object, with `allOf` put together. */
export interface Property {
  name: string;
  schema: Node;
  required: boolean;
}

/** Reads JSON schemas for what a value of theirs would look like. Never more work than its purse allows. */
export class SchemaReader {
  private work = MAX_WORK;
  /** Names of the words whose first choice was taken, each once. */
  readonly choices = new Set<string>();

  constructor(private readonly document: OpenApiDocument) {}

  /** The schema behind its references, with the members of `allOf` and of the first choice merged into it. */
  resolve(value: unknown, depth = 0): Node {
    const schema = this.spend() && depth <= MAX_DEPTH ? this.document.object(value) : null;
    if (!schema) return {};
    const choice = ['oneOf', 'anyOf'].find((word) => listOf(own(schema, word)).length > 0);
    const options = choice ? some(own(schema, choice)).filter((each) => !isNull(each)) : [];
    if (choice && options.length > 1) this.choices.add(choice);
    const members = [...some(own(schema, 'allOf')), ...options.slice(0, 1)];
    return members.reduce<Node>((merged, each) => this.merge(merged, this.resolve(each, depth + 1)), schema);
  }

  properties(schema: Node): Property[] {
    const properties = own(schema, 'properties');
    const required = new Set(some(own(schema, 'required')));
    if (!isObject(properties)) return [];
    return Object.keys(properties)
      .filter(() => this.spend())
      .map((name) => ({ name, schema: this.resolve(properties[name]), required: required.has(name) }))
      .filter(({ schema: each }) => own(each, 'readOnly') !== true);
  }

  /** The value the schema itself offers; undefined where it offers none. */
  offered(schema: Node): unknown {
    for (const word of ['default', 'example', 'const']) {
      const value = own(schema, word);
      if (value !== undefined) return this.copy(value);
    }
    for (const word of ['examples', 'enum']) {
      const [first] = listOf(own(schema, word));
      if (first !== undefined && first !== null) return this.copy(first);
    }
    return undefined;
  }

  /** A value to start from: what the schema offers, its required members for an object, else null. */
  sample(schema: Node, depth = 0): unknown {
    const offered = this.offered(schema);
    if (offered !== undefined) return offered;
    if (depth >= MAX_DEPTH || !this.spend()) return null;
    const type = typeOf(schema);
    if (type === 'array') {
      const item = this.sample(this.resolve(own(schema, 'items')), depth + 1);
      return item === null ? [] : [item];
    }
    if (type !== 'object') return null;
    const properties = this.properties(schema);
    const wanted = properties.some(({ required }) => required)
      ? properties.filter(({ required }) => required)
      : properties;
    return Object.fromEntries(wanted.map(({ name, schema: each }) => [name, this.sample(each, depth + 1)]));
  }

  /** A plain copy, so that no cycle and no endless text of the document gets into a step. */
  copy(value: unknown, depth = 0): unknown {
    if (typeof value === 'string') return value.slice(0, MAX_TEXT_CHARS).toWellFormed().replaceAll('\0', '');
    if (typeof value !== 'object' || value === null || isRawNumber(value)) {
      const isJson = typeof value !== 'bigint' && (typeof value !== 'number' || Number.isFinite(value));
      return isJson ? (value ?? null) : null;
    }
    if (depth >= MAX_DEPTH || !this.spend()) return null;
    if (Array.isArray(value)) return some(value).map((each) => this.copy(each, depth + 1));
    const keys = Object.keys(value);
    if (!this.spend(keys.length)) return null;
    return Object.fromEntries(
      some(keys).map((key) => [String(this.copy(key)), this.copy((value as Node)[key as string], depth + 1)]),
    );
  }

  private merge(into: Node, from: Node): Node {
    if (this.work < 0) return into;
    const properties = [own(from, 'properties'), own(into, 'properties')]
      .filter(isObject)
      .flatMap((each) => Object.entries(each));
    const required = [...some(own(from, 'required')), ...some(own(into, 'required'))];
    const words = Object.keys(from).length + Object.keys(into).length;
    // Copying is work, too: a chain of short schemas may copy a long one at every link.
    if (!this.spend(properties.length + required.length + words)) return into;
    return {
      ...from,
      ...into,
      ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
      required: [...new Set(required)],
    };
  }

  private spend(units = 1): boolean {
    this.work -= units;
    return this.work >= 0;
  }
}

/** The first type that is not null (OpenAPI 3.1 has lists of them), or what the other words say. */
export function typeOf(schema: Node): string {
  const type = [own(schema, 'type')].flat().find((each) => typeof each === 'string' && each !== 'null');
  if (typeof type === 'string') return type;
  if (isObject(own(schema, 'properties'))) return 'object';
  return own(schema, 'items') === undefined ? '' : 'array';
}

/** Bytes: `format: binary` in OpenAPI 3.0, a content type of its own in 3.1. */
export const isFile = (schema: Node): boolean =>
  own(schema, 'format') === 'binary' ||
  (own(schema, 'contentMediaType') !== undefined && own(schema, 'contentEncoding') === undefined);

/** Enough of a list: nobody fills in more by hand, and each is looked at. */
const some = (value: unknown): unknown[] => listOf(value).slice(0, MAX_ELEMENTS);

const isNull = (schema: unknown): boolean => isObject(schema) && own(schema, 'type') === 'null';
