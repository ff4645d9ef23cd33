import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { invalid } from '../../core/errors.js';
import { isObject, jsonDepth, parseJson } from '../../core/json.js';

export type Node = Record<string, unknown>;

/** As much as a request can carry once it is quoted; the largest that are published have 12 MiB. */
export const MAX_DOCUMENT_BYTES = 14 * 1024 * 1024;
/** A YAML reader takes ten times as long as a JSON reader, and nothing else happens meanwhile. */
const MAX_YAML_BYTES = 1024 * 1024;
const MAX_DEPTH = 100;
/** How many `$ref`s may lead to one another. */
const MAX_HOPS = 20;
const MAX_REFERENCE_CHARS = 1_000;
const MAX_LOST = 20;
const MAX_FAULT_CHARS = 300;

/**
 * One OpenAPI document. Its references are followed within the text only: no file is opened and nothing is fetched,
 * whatever it names.
 */
export class OpenApiDocument {
  /** References that lead nowhere, or out of the document; each once. */
  readonly lost = new Set<string>();

  constructor(readonly root: Node) {}

  /** What stands there, behind its references; null where that is no object. */
  object(value: unknown): Node | null {
    let node = value;
    for (let hops = 0; isObject(node); hops++) {
      const reference = own(node, '$ref');
      if (typeof reference !== 'string') return node;
      node = hops < MAX_HOPS ? this.target(reference) : undefined;
      if (node === undefined && this.lost.size < MAX_LOST) this.lost.add(reference.slice(0, MAX_FAULT_CHARS));
    }
    return null;
  }

  /** RFC 6901, as the fragment of a URI. */
  private target(reference: string): unknown {
    if (!reference.startsWith('#/') || reference.length > MAX_REFERENCE_CHARS) return undefined;
    let value: unknown = this.root;
    for (const part of reference.slice(2).split('/')) {
      const key = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~');
      if (Array.isArray(value)) value = /^\d{1,6}$/.test(key) ? (value as unknown[])[Number(key)] : undefined;
      else value = isObject(value) ? own(value, key) : undefined;
    }
    return value;
  }
}

/** Never what an object inherits. */
export const own = (node: Node, key: string): unknown => (Object.hasOwn(node, key) ? node[key] : undefined);

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Cut before it is trimmed: the same text may be asked for often, and be most of the document. */
export const textOf = (value: unknown, maxChars: number): string =>
  typeof value === 'string' ? value.slice(0, maxChars).trim() : '';

/** Throws 422 where the text is no OpenAPI 3 document, in JSON or YAML. */
export function readOpenApi(text: string): OpenApiDocument {
  if (Buffer.byteLength(text) > MAX_DOCUMENT_BYTES) {
    throw refused('document_too_large', 'The document is larger than 14 MiB. Cut out the operations you do not need.');
  }
  const root = /^\s*[{[]/.test(text) ? fromJson(text) : fromYaml(text);
  if (!isObject(root)) throw notOpenApi();
  if (own(root, 'swagger') !== undefined) {
    throw refused(
      'swagger_2',
      'This is a Swagger 2.0 document. Convert it to OpenAPI 3 first, for example with the Swagger Editor ("Convert to OpenAPI 3").',
    );
  }
  const version = own(root, 'openapi');
  // Unquoted in YAML, 3.0 is the number 3.
  if (typeof version !== 'string' && typeof version !== 'number') throw notOpenApi();
  if (!/^3(\.[0-2](\.|$)|$)/.test(String(version))) {
    throw refused('unknown_version', `OpenAPI ${String(version).slice(0, 20)} cannot be read: 3.0 and 3.1 can.`);
  }
  return new OpenApiDocument(root);
}

export const refused = (code: string, message: string, path = '/document') => invalid(code, [{ path, code, message }]);

const notOpenApi = () =>
  refused('no_openapi', 'This is no OpenAPI document: it must have "openapi: 3.0.x" or "3.1.x" at its top.');

function fromJson(text: string): unknown {
  if (jsonDepth(text) > MAX_DEPTH) throw refused('too_deep', `The document nests deeper than ${MAX_DEPTH} levels.`);
  try {
    return parseJson(text);
  } catch (error) {
    // Flow style is YAML, too.
    if (Buffer.byteLength(text) <= MAX_YAML_BYTES) return fromYaml(text);
    throw refused('unreadable_document', `The document is not valid JSON: ${faultOf(error)}`);
  }
}

function fromYaml(text: string): unknown {
  if (Buffer.byteLength(text) > MAX_YAML_BYTES) {
    throw refused('document_too_large', 'The document is larger than 1 MiB. Convert it to JSON: that may have 14 MiB.');
  }
  try {
    // The core schema makes plain data only, and has no merge keys, which could multiply what a text holds.
    return load(text, { schema: CORE_SCHEMA, json: true });
  } catch (error) {
    throw refused('unreadable_document', `The document is neither JSON nor YAML: ${faultOf(error)}`);
  }
}

function faultOf(error: unknown): string {
  const text = error instanceof YAMLException ? error.message.split('\n', 1)[0] : String((error as Error).message);
  return text.slice(0, MAX_FAULT_CHARS);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
