import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { type ErrorKind, type Fault, HooklineError } from '../../core/errors.js';
import { check, faultsOf } from './faults.js';

/**
 * Checks what `@Body`, `@Query` and `@Param` were given a `{ schema }` for, and hands the parsed value to the handler.
 * Nest's own `StandardSchemaValidationPipe` does not tell its error factory which of the three was wrong.
 */
export class SchemaPipe implements PipeTransform {
  transform(value: unknown, { type, data, schema }: ArgumentMetadata): unknown {
    if (!(schema instanceof z.ZodType)) return value;
    if (type === 'body') return checkedBody(value, schema);
    if (type === 'query') return checkQuery(value, schema, data);
    if (type === 'param')
      return orThrow(check(schema, value), 'malformed', 'invalid_id', data === undefined ? [] : [data]);
    return value;
  }
}

/** A request's body, parsed. Throws a problem that names what is wrong with it. */
export function checkedBody<T>(body: unknown, schema: z.ZodType<T>): T {
  if (body === undefined) {
    if (schema.safeParse(undefined).success) return undefined as T;
    const message = 'The request has no body. Send a JSON object, with "Content-Type: application/json".';
    throw new HooklineError('malformed', 'empty_body', message, { faults: [{ path: '', code: 'required', message }] });
  }
  return orThrow(check(schema, body), 'invalid', 'invalid_request', []);
}

function checkQuery(query: unknown, schema: z.ZodType, name: string | undefined): unknown {
  const faults: Fault[] = [];
  for (const [key, value] of Object.entries(name === undefined ? Object(query) : { [name]: query })) {
    if (Array.isArray(value)) {
      faults.push({ path: `/${key}`, code: 'repeated', message: `"${key.slice(0, 60)}" is given more than once.` });
    } else if (typeof value === 'string' && value.includes('\0')) {
      faults.push({ path: `/${key}`, code: 'invalid', message: 'A query may not hold the character U+0000.' });
    }
  }
  if (faults.length > 0) throw refusal('malformed', 'invalid_query', faults);
  // fast-querystring gives an object without a prototype, which zod does not take for a plain one.
  const plain = name === undefined ? { ...Object(query) } : query;
  return orThrow(check(schema, plain), 'malformed', 'invalid_query', name === undefined ? [] : [name]);
}

function orThrow<T>(result: z.ZodSafeParseResult<T>, kind: ErrorKind, code: string, under: string[]): T {
  if (result.success) return result.data;
  throw refusal(kind, code, faultsOf(result.error, under));
}

function refusal(kind: ErrorKind, code: string, faults: Fault[]): HooklineError {
  const where = faults[0].path === '' ? '' : `${faults[0].path.slice(0, 200)}: `;
  const rest = faults.length === 1 ? '' : ` (and ${faults.length - 1} more)`;
  return new HooklineError(kind, code, `${where}${faults[0].message}${rest}`, { faults });
}
