import { formatId, type IdPrefix, newUuid } from '../../src/core/id.js';
import type { OpenApi, Operation } from '../../src/platform/api/openapi/document.js';

type Schema = Record<string, unknown>;

/** One method of one path, as the program's own document describes it. */
export interface ApiCall {
  /** `GET /api/v1/runs/{id}` */
  name: string;
  method: string;
  path: string;
  operation: Operation;
}

export async function readDocument(url: string): Promise<OpenApi> {
  return (await (await fetch(`${url}/api/openapi.json`)).json()) as OpenApi;
}

export const callsOf = (document: OpenApi): ApiCall[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );

/** The path with something in the place of each `{parameter}`: by default, an id of the right kind that nothing has. */
export const filledPath = (call: ApiCall, values: Record<string, string> = {}): string =>
  call.path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? sampleOfParameter(call, name));

function sampleOfParameter({ operation }: ApiCall, name: string): string {
  const parameter = operation.parameters?.find((each) => each.in === 'path' && each.name === name);
  const sample = sampleOf(parameter?.schema ?? {}, {});
  return typeof sample === 'string' ? encodeURIComponent(sample) : 'a';
}

/** A value that a JSON Schema of ours would mostly let pass; every member is there. */
export function sampleOf(schema: Schema, components: Record<string, Schema>, depth = 0): unknown {
  if (depth > 8) return null;
  const inner = (each: unknown): unknown => sampleOf((each ?? {}) as Schema, components, depth + 1);
  if (typeof schema.$ref === 'string') return inner(components[schema.$ref.split('/').at(-1) as string]);
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const branches = (schema.anyOf ?? schema.oneOf ?? schema.allOf) as Schema[] | undefined;
  if (branches) return inner(branches[0]);
  if (schema.type === 'object') {
    const members = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
    return Object.fromEntries(members.map(([key, member]) => [key, inner(member)]));
  }
  if (schema.type === 'array') return [inner(schema.items)];
  if (schema.type === 'string') return sampleText(schema);
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1;
  return schema.type === 'boolean' ? false : {};
}

function sampleText({ pattern, format }: Schema): string {
  const prefix = typeof pattern === 'string' ? /^\^([a-z]{3})_/.exec(pattern)?.[1] : undefined;
  if (prefix !== undefined) return formatId(prefix as IdPrefix, newUuid());
  if (format === 'date-time') return '2026-11-22T03:47:15.120Z';
  return 'a';
}
