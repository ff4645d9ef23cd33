import { MIMEType } from 'whatwg-mimetype';
import type { BodyType, Pair } from '../../core/definition.js';
import { isObject } from '../../core/json.js';
import { own, textOf, type Node, type OpenApiDocument } from './openapi-document.js';
import { asTemplate, isKey, literal, pairOf, type Warn } from './openapi-parameters.js';
import { isFile, typeOf, type Property, type SchemaReader } from './openapi-sample.js';

export interface OpenApiBody {
  bodyType: BodyType;
  value: Pair[] | string;
  /** Null: the one that the body type brings along. */
  contentType: string | null;
}

const NONE: OpenApiBody = { bodyType: 'none', value: [], contentType: null };
const MAX_PAIRS = 200;
const MAX_TEXT_CHARS = 64 * 1024;
const MAX_TYPES = 50;
/** From what a step describes best to what it only hands on. */
const ORDER: readonly BodyType[] = ['json', 'urlencoded', 'form-data', 'raw'];

/** The body of the content type that a step describes best. */
export function bodyOf(document: OpenApiDocument, operation: Node, reader: SchemaReader, warn: Warn): OpenApiBody {
  const body = document.object(own(operation, 'requestBody'));
  const content = body && own(body, 'content');
  if (!isObject(content)) return NONE;
  const offered = Object.keys(content)
    .slice(0, MAX_TYPES)
    .flatMap((name) => {
      const type = MIMEType.parse(name);
      return type
        ? [{ name, essence: type.essence, bodyType: kindOf(type), media: document.object(content[name]) ?? {} }]
        : [];
    })
    .toSorted((a, b) => ORDER.indexOf(a.bodyType) - ORDER.indexOf(b.bodyType));
  const [best, ...others] = offered;
  if (best === undefined) return NONE;
  if (others.length > 0) {
    warn(
      'body',
      `It is sent as ${best.name}; ${others
        .map(({ name }) => name)
        .join(', ')
        .slice(0, 300)} would do, too.`,
    );
  }
  return write(best, reader, warn);
}

interface Offer {
  name: string;
  essence: string;
  bodyType: BodyType;
  media: Node;
}

function kindOf({ type, subtype, essence }: MIMEType): BodyType {
  if (subtype === 'json' || subtype.endsWith('+json') || essence === '*/*') return 'json';
  if (essence === 'application/x-www-form-urlencoded') return 'urlencoded';
  return type === 'multipart' ? 'form-data' : 'raw';
}

function write({ name, essence, bodyType, media }: Offer, reader: SchemaReader, warn: Warn): OpenApiBody {
  const schema = reader.resolve(own(media, 'schema'));
  const example = exampleOf(media, reader);
  const plain = bodyType !== 'json' || ['application/json', '*/*'].includes(essence);
  const contentType = plain && bodyType !== 'raw' ? null : name.includes('*') ? 'application/octet-stream' : name;
  if (bodyType === 'raw') {
    const text = example ?? reader.offered(schema);
    if (isFile(schema))
      warn('body', 'It is a file, and a raw body is text: send files as form data where the API takes that.');
    return { bodyType, value: typeof text === 'string' ? literal(text) : '', contentType };
  }
  const properties = reader.properties(schema);
  if (bodyType === 'json' && (properties.length === 0 || typeOf(schema) === 'array')) {
    return { bodyType, value: jsonText(example ?? reader.sample(schema)), contentType };
  }
  const given = isObject(example) ? example : {};
  const pairs = properties
    .filter(({ name: key }) => isKey(key))
    .toSorted((a, b) => Number(b.required) - Number(a.required))
    .map((property) => bodyPair(property, given, bodyType, reader, warn));
  if (pairs.length > MAX_PAIRS) {
    warn('body', `It has ${pairs.length} fields, a step ${MAX_PAIRS}: the last ones are left out.`);
  }
  return { bodyType, value: pairs.slice(0, MAX_PAIRS), contentType };
}

function bodyPair(
  { name, schema, required }: Property,
  given: Node,
  bodyType: BodyType,
  reader: SchemaReader,
  warn: Warn,
): Pair {
  const items = reader.resolve(own(schema, 'items'));
  if (bodyType === 'form-data' && (isFile(schema) || (typeOf(schema) === 'array' && isFile(items)))) {
    warn(name, 'It is a file: choose one that is stored, or one that an earlier step received.');
    return { key: name, value: null, whenMissing: required ? 'fail' : 'omit' };
  }
  const value = own(given, name);
  if (required && value !== undefined && value !== null) return { key: name, value: asTemplate(value) };
  return pairOf(name, schema, required, reader);
}

/** What the content type itself shows (`example`, or the first of `examples`). */
function exampleOf(media: Node, reader: SchemaReader): unknown {
  const example = own(media, 'example');
  if (example !== undefined) return reader.copy(example);
  const examples = own(media, 'examples');
  const first = isObject(examples) ? Object.values(examples)[0] : undefined;
  return isObject(first) && own(first, 'value') !== undefined ? reader.copy(own(first, 'value')) : undefined;
}

/** One JSON text; empty where nothing is known of it. */
function jsonText(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = literal(JSON.stringify(value, null, 2));
  return text.length > MAX_TEXT_CHARS ? '' : textOf(text, MAX_TEXT_CHARS);
}
