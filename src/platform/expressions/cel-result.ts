import { Optional } from '@marcbachmann/cel-js';
import { isObject, isRawNumber } from '../../core/json.js';
import { jsonInteger } from './cel-numbers.js';
import { MappingError } from './errors.js';
import { MAX_TEXT } from './text.js';

/** A result as JSON knows it. What has no JSON form is an error, never a guess. */
export function toJsonValue(result: unknown): unknown {
  let size = 0;
  const grow = (by: number): void => {
    size += by;
    if (size > MAX_TEXT) throw new MappingError('The result is larger than 1 MiB.');
  };
  const convert = (value: unknown): unknown => {
    grow(4);
    if (typeof value === 'string') grow(value.length);
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new MappingError(`The result is ${value}, which JSON cannot hold.`);
    }
    if (typeof value === 'bigint') return jsonInteger(value);
    if (value === null || value === undefined) return null;
    if (typeof value !== 'object' || isRawNumber(value)) return value;
    if (Array.isArray(value)) return value.map(convert);
    if (value instanceof Date) return value.toISOString();
    if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
    if (value instanceof Optional) return value.hasValue() ? convert(value.value()) : null;
    const members =
      value instanceof Map ? [...value] : isObject(value) && isPlain(value) ? Object.entries(value) : null;
    if (members) {
      return Object.fromEntries(
        members.map(([key, member]) => {
          grow(key.length);
          return [key, convert(member)];
        }),
      );
    }
    return convertOwnType(value);
  };
  return convert(result);
}

const isPlain = (value: object): boolean => {
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === Object.prototype || prototype === null;
};

/** Types of the library that it does not export: `uint`, durations (in JSON as protobuf writes them: `1.5s`), types. */
function convertOwnType(value: object): unknown {
  const inside: unknown = value.valueOf();
  if (typeof inside === 'bigint') return jsonInteger(inside);
  if ('seconds' in value && 'nanos' in value) {
    return `${(Number(value.seconds) + Number(value.nanos) / 1e9).toFixed(9).replace(/\.?0+$/, '')}s`;
  }
  throw new MappingError('The result is no JSON value.');
}
