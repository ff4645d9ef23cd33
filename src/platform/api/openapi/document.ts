import type { INestApplicationContext } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Answer } from '../endpoint.js';
import { Problem } from '../problem.js';
import { type Route, routesOf } from './routes.js';
import { type JsonSchema, Schemas } from './schemas.js';

export interface OpenApi {
  openapi: '3.1.1';
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonSchema>; securitySchemes: object; responses: object };
}

export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  parameters?: { in: 'path' | 'query'; name: string; required: boolean; schema: JsonSchema; description?: string }[];
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, object>;
  security: object[];
  /** The least role that may call it: see `core/role.ts`. */
  'x-hookline-access': string;
}

const VERSION_OF_THE_API = '1';

/** The document of this application, made from its routes and nothing else. */
export function buildOpenApi(app: INestApplicationContext): OpenApi {
  return documentOf(routesOf(app.get(DiscoveryService, { strict: false })));
}

export function documentOf(routes: Route[]): OpenApi {
  const schemas = new Schemas();
  const problem = schemas.of(Problem, 'output');
  const paths: OpenApi['paths'] = {};
  for (const route of routes) {
    const methods = route.method === 'all' ? ['get', 'post', 'put', 'patch', 'delete'] : [route.method];
    for (const method of methods)
      (paths[route.path] ??= {})[method] = operationOf(route, method, methods.length, schemas);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Hookline',
      version: VERSION_OF_THE_API,
      description: 'When this happens, make these HTTP calls, durably and on record.',
    },
    paths,
    components: {
      schemas: schemas.components,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API key: `hl_…`.' },
        apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'hookline', description: '`__Host-hookline` over https.' },
      },
      responses: {
        Problem: { description: 'What went wrong', content: { 'application/problem+json': { schema: problem } } },
      },
    },
  };
}

function operationOf(route: Route, method: string, methods: number, schemas: Schemas): Operation {
  const { endpoint } = route;
  // Answers first: a schema used both ways keeps its plain name for what callers read.
  const responses = responsesOf(route, schemas);
  return {
    operationId: `${route.tag}_${route.handler}${methods > 1 ? `_${method}` : ''}`,
    tags: [route.tag],
    summary: endpoint.summary,
    ...(endpoint.description === undefined ? {} : { description: endpoint.description }),
    ...(route.parameters.length === 0 ? {} : { parameters: parametersOf(route, schemas) }),
    ...(method === 'get' ? {} : requestBodyOf(route, schemas)),
    responses,
    security: endpoint.access === 'anonymous' ? [] : [{ bearer: [] }, { apiKey: [] }, { cookie: [] }],
    'x-hookline-access': endpoint.access,
  };
}

function requestBodyOf({ body, endpoint }: Route, schemas: Schemas): Pick<Operation, 'requestBody'> {
  const taken = endpoint.upload ?? body;
  if (taken === null) return {};
  const type = endpoint.upload ? 'multipart/form-data' : 'application/json';
  return {
    requestBody: {
      required: !taken.safeParse(undefined).success,
      content: { [type]: { schema: schemas.of(taken, 'input') } },
    },
  };
}

function parametersOf(route: Route, schemas: Schemas): Operation['parameters'] {
  return route.parameters.map(({ in: where, name, schema }) => {
    const { description, ...json } = schemas.of(schema, 'input');
    const required = where === 'path' || !schema.safeParse(undefined).success;
    const parameter = { in: where, name, required, schema: json };
    return typeof description === 'string' ? { ...parameter, description } : parameter;
  });
}

function responsesOf(route: Route, schemas: Schemas): Record<string, object> {
  const responses: Record<string, object> = {};
  for (const [status, answer] of Object.entries(route.endpoint.answers)) {
    responses[status] = responseOf(answer, schemas);
  }
  responses['4XX'] = { $ref: '#/components/responses/Problem' };
  responses['5XX'] = { $ref: '#/components/responses/Problem' };
  return responses;
}

function responseOf({ description, schema, contentType = 'application/json' }: Answer, schemas: Schemas): object {
  if (schema === undefined) return { description: description ?? 'Done' };
  return { description: description ?? 'Done', content: { [contentType]: { schema: schemas.of(schema, 'output') } } };
}
