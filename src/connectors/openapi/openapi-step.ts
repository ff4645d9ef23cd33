import type { HttpActionKey } from '../../core/definition.js';
import { findAction } from '../catalog.js';
import { urlProblem } from '../http/http.url.js';
import { bodyOf, type OpenApiBody } from './openapi-body.js';
import { readOpenApi, refused, type OpenApiDocument } from './openapi-document.js';
import { findOperation, serversOf, type FoundOperation } from './openapi-operations.js';
import { literal, parametersOf, pathTemplate, type OpenApiWarning, type Parameters } from './openapi-parameters.js';
import { SchemaReader } from './openapi-sample.js';
import { warnOfSecurity } from './openapi-security.js';

/** What an operation is as a step. */
export interface OpenApiStep {
  action: HttpActionKey;
  name: string;
  /** As a definition has it, without defaults. */
  input: Record<string, unknown>;
  warnings: OpenApiWarning[];
}

const MAX_WARNINGS = 100;
const MAX_NAME_CHARS = 100;
/** RFC 2606, 2: never anybody's, so that nothing is sent before the host is filled in. */
const NO_HOST = 'https://host.invalid';
const FIXED: Readonly<Partial<Record<string, HttpActionKey>>> = { GET: 'get', POST: 'post', PUT: 'put' };

/**
 * @param server the base URL to call, where it is not the first of the document
 * Throws 422 where the text is no OpenAPI 3 document or has no such operation.
 */
export function openApiStep(text: string, id: string, server?: string): OpenApiStep {
  const document = readOpenApi(text);
  const operation = findOperation(document, id);
  if (!operation) {
    const message = `The document has no operation "${id.slice(0, 200)}". Take one from the list it answers without "operation".`;
    throw refused('unknown_operation', message, '/operation');
  }
  const warnings: OpenApiWarning[] = [];
  const warn = (about: string, message: string) => {
    if (warnings.length < MAX_WARNINGS) warnings.push({ about, message });
  };
  const base = baseOf(document, operation, server, warn);
  const reader = new SchemaReader(document);
  const url = literal(base) + pathTemplate(operation.path, warn);
  const parameters = parametersOf(document, operation, reader, warn);
  const body = bodyOf(document, operation.node, reader, warn);
  warnOfSecurity(document, operation.node, warn);
  for (const word of reader.choices)
    warn(word, 'Of several forms that the body or a parameter may have, the first was taken.');
  for (const reference of document.lost)
    warn(reference, 'This reference leads nowhere within the document: what it stands for is left out.');
  const { action, input } = stepOf(operation.method, url, parameters, body);
  const fault = faultOf(action, input);
  if (fault !== null) throw refused('unfit_operation', `The operation cannot become a step. ${fault}`, '/operation');
  return { action, input, warnings, name: (operation.summary || operation.id).slice(0, MAX_NAME_CHARS) };
}

function stepOf(
  method: string,
  url: string,
  { query, headers, queryArrays }: Parameters,
  body: OpenApiBody,
): Pick<OpenApiStep, 'action' | 'input'> {
  const shared = {
    url,
    ...(query.length > 0 && { query }),
    ...(headers.length > 0 && { headers }),
    ...(queryArrays !== 'repeat' && { queryArrays }),
  };
  const { bodyType, value, contentType } = body;
  const filled = value.length > 0 && { body: value };
  const isPlain = typeof value !== 'string' && contentType === null && (bodyType === 'none' || bodyType === 'json');
  const fixed = FIXED[method];
  if (fixed && isPlain && (fixed !== 'get' || value.length === 0))
    return { action: fixed, input: { ...shared, ...filled } };
  return {
    action: 'custom',
    input: { ...shared, method, bodyType, ...(contentType !== null && { contentType }), ...filled },
  };
}

/** The server that was asked for, else the first of the operation, its path, or the document. */
function baseOf(
  document: OpenApiDocument,
  { node, pathItem }: FoundOperation,
  asked: string | undefined,
  warn: (about: string, message: string) => void,
): string {
  const [first] = [node, pathItem, document.root].flatMap((each) => serversOf(document, each));
  const base = (asked ?? first?.url ?? '').replace(/\/+$/, '');
  if (/^https?:\/\//i.test(base)) {
    const problem = /[{}]/.test(base) ? null : urlProblem(base);
    if (problem !== null)
      throw refused('invalid_server', `The server of the document cannot be called. ${problem}`, '/server');
    return base;
  }
  warn('server', 'The document does not say on which host it is: write it into the URL.');
  return NO_HOST + (base.startsWith('/') && !base.startsWith('//') ? base : '');
}

function faultOf(key: HttpActionKey, input: Record<string, unknown>): string | null {
  const action = findAction('http', key)!;
  const { error, data } = action.inputSchema.safeParse(input);
  const [issue] = error?.issues ?? [];
  if (issue) return `${issue.path.join('.')}: ${issue.message}`;
  return action.check(data!)[0]?.message ?? null;
}
