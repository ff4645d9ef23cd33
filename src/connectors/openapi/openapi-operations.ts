import { isObject } from '../../core/json.js';
import { listOf, own, textOf, type Node, type OpenApiDocument } from './openapi-document.js';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'] as const;
const MAX_OPERATIONS = 2_000;
const MAX_SERVERS = 50;
const MAX_SUMMARY_CHARS = 300;
const MAX_PATH_CHARS = 2_000;
const MAX_TAGS = 20;
const MAX_TAG_CHARS = 100;

export interface OpenApiOperation {
  /** Method and path, which no two of a document share; an `operationId` may be missing. */
  id: string;
  method: string;
  path: string;
  summary: string;
  tags: string[];
}

export interface OpenApiContents {
  title: string;
  version: string;
  /** Base URLs, as far as the document says; relative ones begin with "/". */
  servers: { url: string; description: string }[];
  operations: OpenApiOperation[];
  /** How many operations there were no room for. */
  leftOut: number;
}

/** An operation with what its path says for all of its operations. */
export interface FoundOperation extends OpenApiOperation {
  node: Node;
  pathItem: Node;
}

export function contentsOf(document: OpenApiDocument): OpenApiContents {
  const info = document.object(own(document.root, 'info'));
  const operations: OpenApiOperation[] = [];
  let leftOut = 0;
  for (const { id, method, path, summary, tags } of operationsOf(document)) {
    if (operations.length < MAX_OPERATIONS) operations.push({ id, method, path, summary, tags });
    else leftOut++;
  }
  return {
    title: textOf(info && own(info, 'title'), MAX_SUMMARY_CHARS),
    version: textOf(info && own(info, 'version'), MAX_TAG_CHARS),
    servers: serversOf(document, document.root),
    operations,
    leftOut,
  };
}

/** Null: the document has none of that id. */
export function findOperation(document: OpenApiDocument, wanted: string): FoundOperation | null {
  for (const operation of operationsOf(document)) if (operation.id === wanted) return operation;
  return null;
}

function* operationsOf(document: OpenApiDocument): Generator<FoundOperation> {
  const paths = own(document.root, 'paths');
  if (!isObject(paths)) return;
  for (const path of Object.keys(paths)) {
    if (!path.startsWith('/') || path.length > MAX_PATH_CHARS) continue;
    const pathItem = document.object(paths[path]);
    if (!pathItem) continue;
    for (const method of METHODS) {
      const node = own(pathItem, method);
      if (!isObject(node)) continue;
      const upper = method.toUpperCase();
      const summary =
        textOf(own(node, 'summary'), MAX_SUMMARY_CHARS) || textOf(own(node, 'operationId'), MAX_SUMMARY_CHARS);
      const tags = listOf(own(node, 'tags')).slice(0, MAX_TAGS);
      yield {
        id: `${upper} ${path}`,
        method: upper,
        path,
        summary,
        tags: tags.map((tag) => textOf(tag, MAX_TAG_CHARS)).filter((tag) => tag !== ''),
        node,
        pathItem,
      };
    }
  }
}

/** Base URLs with their variables at their defaults, without a slash at the end. */
export function serversOf(document: OpenApiDocument, node: Node): OpenApiContents['servers'] {
  return listOf(own(node, 'servers'))
    .slice(0, MAX_SERVERS)
    .flatMap((each) => {
      const server = document.object(each);
      const url = server && serverUrl(document, server);
      if (!url) return [];
      return [{ url, description: textOf(own(server, 'description'), MAX_SUMMARY_CHARS) }];
    });
}

function serverUrl(document: OpenApiDocument, server: Node): string {
  const variables = document.object(own(server, 'variables')) ?? {};
  return textOf(own(server, 'url'), MAX_PATH_CHARS)
    .replace(/\{([^{}]*)\}/g, (whole, name: string) => {
      const variable = document.object(own(variables, name));
      const value = variable && own(variable, 'default');
      return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, MAX_TAG_CHARS) : whole;
    })
    .slice(0, MAX_PATH_CHARS)
    .replace(/\/+$/, '');
}
