import type { HttpInput, Pair } from '../../core/definition.js';
import { isRawNumber } from '../../core/json.js';
import { belongsToConnection } from '../http/http.headers.js';
import { listOf, own, textOf, type Node, type OpenApiDocument } from './openapi-document.js';
import type { FoundOperation } from './openapi-operations.js';
import { typeOf, type SchemaReader } from './openapi-sample.js';

export interface OpenApiWarning {
  /** What it is about, in the words of the document. */
  about: string;
  message: string;
}

export type Warn = (about: string, message: string) => void;

export interface Parameters {
  query: Pair[];
  headers: Pair[];
  queryArrays: HttpInput['queryArrays'];
}

interface Parameter {
  name: string;
  place: string;
  required: boolean;
  schema: Node;
  node: Node;
}

const MAX_PARAMETERS = 200;
const MAX_NAME_CHARS = 1_000;
/** OpenAPI 3.1, 4.8.12.1: the step makes them of its body and its connection. */
const MADE_ANYWAY: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization']);

export function parametersOf(
  document: OpenApiDocument,
  operation: FoundOperation,
  reader: SchemaReader,
  warn: Warn,
): Parameters {
  const all = allOf(document, operation, reader);
  const rows = (place: string) =>
    all
      .filter((parameter) => parameter.place === place && isOurs(parameter, warn))
      .toSorted((a, b) => Number(b.required) - Number(a.required))
      .map((parameter) => pairOf(parameter.name, parameter.schema, parameter.required, reader, parameter.node));
  for (const parameter of all) warnOfStyle(parameter, warn);
  return { query: rows('query'), headers: rows('header'), queryArrays: arraysOf(all, warn) };
}

/** What a definition takes as the key of a pair. */
export const isKey = (name: string): boolean =>
  name !== '' && name.length <= MAX_NAME_CHARS && !name.includes('\0') && name.isWellFormed();

/** An empty row: what is required must be filled in before it is sent, the rest is left out until it is. */
export function pairOf(key: string, schema: Node, required: boolean, reader: SchemaReader, about?: Node): Pair {
  if (!required) return { key, value: null, whenMissing: 'omit' };
  const own = about ? reader.offered(about) : undefined;
  const value = own ?? reader.sample(schema);
  return { key, value: asTemplate(value), ...(value === null && { whenMissing: 'fail' as const }) };
}

/** The path with an expression in the place of each parameter, of the event until somebody chooses. */
export function pathTemplate(path: string, warn: Warn): string {
  return path
    .split(/(\{[^{}]+\})/)
    .map((part) => {
      const name = /^\{([^{}]+)\}$/.exec(part)?.[1].trim();
      if (!name) return literal(part);
      const place = placeOf(name);
      warn(name, `It stands in the path as {{ ${place} }}: choose the field that it comes from.`);
      return `{{ ${place} }}`;
    })
    .join('');
}

const placeOf = (name: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `trigger.data.${name}` : `trigger.data["${name.replace(/["\\]/g, '_')}"]`;

/** Text that a template takes as it is: two opening braces begin an expression. */
export const literal = (text: string): string => text.replaceAll('{{', '{{ "{{" }}');

/** The same at every depth. */
export function asTemplate(value: unknown): unknown {
  if (typeof value === 'string') return literal(value);
  if (Array.isArray(value)) return value.map(asTemplate);
  if (typeof value !== 'object' || value === null || isRawNumber(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asTemplate(member)]));
}

/** Those of the path, and those of the operation, which win. */
function allOf(document: OpenApiDocument, { node, pathItem }: FoundOperation, reader: SchemaReader): Parameter[] {
  const found = new Map<string, Parameter>();
  const listed = [pathItem, node].flatMap((each) => listOf(own(each, 'parameters')).slice(0, MAX_PARAMETERS));
  for (const each of listed) {
    const parameter = document.object(each);
    const name = textOf(parameter && own(parameter, 'name'), MAX_NAME_CHARS);
    if (!parameter || !isKey(name)) continue;
    const place = textOf(own(parameter, 'in'), 20);
    const [content] = Object.values(document.object(own(parameter, 'content')) ?? {});
    const schema = reader.resolve(own(parameter, 'schema') ?? own(document.object(content) ?? {}, 'schema'));
    found.set(`${place} ${name}`, {
      name,
      place,
      required: own(parameter, 'required') === true,
      schema,
      node: parameter,
    });
  }
  return [...found.values()].slice(0, MAX_PARAMETERS);
}

function isOurs({ name, place }: Parameter, warn: Warn): boolean {
  if (place !== 'header') return true;
  if (MADE_ANYWAY.has(name.toLowerCase())) return false;
  if (!belongsToConnection(name.toLowerCase()) && /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return true;
  warn(name, 'A step cannot set this header: it is left out.');
  return false;
}

function warnOfStyle({ name, place, required, node }: Parameter, warn: Warn): void {
  const style = textOf(own(node, 'style'), 40);
  if (place === 'cookie' && required) {
    warn(name, `It is a cookie: add a header "Cookie" with ${name}=… to the step.`);
  } else if (['label', 'matrix', 'spaceDelimited', 'pipeDelimited', 'deepObject'].includes(style)) {
    warn(name, `The document writes it in the style "${style}", which a step does not know: write the value out.`);
  }
}

/** A step writes all its lists one way. */
function arraysOf(all: readonly Parameter[], warn: Warn): HttpInput['queryArrays'] {
  const lists = all.filter(({ place, schema }) => place === 'query' && typeOf(schema) === 'array');
  const joined = lists.filter(({ node }) => own(node, 'explode') === false);
  if (joined.length > 0 && joined.length < lists.length) {
    warn(joined[0].name, 'Its list is written with commas, others are repeated: a step writes all its lists one way.');
  }
  return joined.length > 0 && joined.length === lists.length ? 'comma' : 'repeat';
}
