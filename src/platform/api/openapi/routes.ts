import { type Paramtype, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA, RouteParamtypes } from '@nestjs/common/internal';
import { type DiscoveryService, MetadataScanner } from '@nestjs/core';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';
import { z } from 'zod';
import { ENDPOINT, type EndpointOptions } from '../endpoint.js';

/** One route as its decorators describe it. */
export interface Route {
  /** Lower case, as OpenAPI writes it. */
  method: string;
  /** With `{name}` for each parameter. */
  path: string;
  /** The controller's name, without the word. */
  tag: string;
  handler: string;
  endpoint: EndpointOptions;
  parameters: { in: 'path' | 'query'; name: string; schema: z.ZodType }[];
  body: z.ZodType | null;
}

interface RouteArgument {
  data?: string;
  schema?: unknown;
}

const SOURCES: Partial<Record<number, Paramtype>> = {
  [RouteParamtypes.BODY]: 'body',
  [RouteParamtypes.QUERY]: 'query',
  [RouteParamtypes.PARAM]: 'param',
};

/** Every route of every controller, by path. */
export function routesOf(discovery: DiscoveryService): Route[] {
  const scanner = new MetadataScanner();
  const routes: Route[] = [];
  for (const { instance, metatype } of discovery.getControllers()) {
    if (!instance || !metatype) continue;
    const prototype = Object.getPrototypeOf(instance) as object;
    for (const handler of scanner.getAllMethodNames(prototype)) {
      routes.push(...routesOfHandler(metatype, (prototype as Record<string, object>)[handler], handler));
    }
  }
  return routes.sort((a, b) => (a.path === b.path ? order(a.method, b.method) : order(a.path, b.path)));
}

function routesOfHandler(controller: { name: string }, method: object, handler: string): Route[] {
  const endpoint = (
    Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, method) as Record<string, unknown> | undefined
  )?.[ENDPOINT] as EndpointOptions | undefined;
  const paths = Reflect.getMetadata(PATH_METADATA, method) as string | string[] | undefined;
  if (endpoint === undefined || paths === undefined) return [];
  const prefixes = [Reflect.getMetadata(PATH_METADATA, controller) as string | string[]].flat();
  const verb = verbOf(Reflect.getMetadata(METHOD_METADATA, method) as RequestMethod);
  const args = Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) as
    Record<string, RouteArgument> | undefined;
  const tag = controller.name.replace(/Controller$/, '');
  return prefixes.flatMap((prefix) =>
    [paths].flat().map((own) => {
      const path = openApiPath(`${prefix}/${own}`);
      return { method: verb, path, tag, handler, endpoint, ...inputsOf(path, args ?? {}, endpoint) };
    }),
  );
}

/** A route for every method is told of once: OpenAPI has no word for it. */
const verbOf = (method: RequestMethod): string =>
  (method === RequestMethod.ALL ? 'POST' : RequestMethod[method]).toLowerCase();

function inputsOf(
  path: string,
  args: Record<string, RouteArgument>,
  endpoint: EndpointOptions,
): Pick<Route, 'parameters' | 'body'> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  const ofPath = new Map<string, z.ZodType>(names.map((name) => [name, z.string()]));
  const ofQuery = new Map<string, z.ZodType>();
  let body = endpoint.body ?? null;
  for (const [key, { data, schema }] of Object.entries(args)) {
    if (!(schema instanceof z.ZodType)) continue;
    const source = SOURCES[Number(key.split(':', 1)[0])];
    if (source === 'body') body = schema;
    if (source === 'param' && data !== undefined) ofPath.set(data, schema);
    if (source === 'query' && data !== undefined) ofQuery.set(data, schema);
    else if (source === 'query') for (const [name, member] of membersOf(schema)) ofQuery.set(name, member);
  }
  const list = (where: 'path' | 'query', from: Map<string, z.ZodType>) =>
    [...from].map(([name, schema]) => ({ in: where, name, schema }));
  return { parameters: [...list('path', ofPath), ...list('query', ofQuery)], body };
}

const membersOf = (schema: z.ZodType): [string, z.ZodType][] =>
  schema instanceof z.ZodObject ? (Object.entries(schema.shape) as [string, z.ZodType][]) : [];

const openApiPath = (path: string): string =>
  `/${path}`
    .replace(/\/{2,}/g, '/')
    .replace(/(.)\/$/, '$1')
    .replace(/:(\w+)/g, '{$1}');

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
