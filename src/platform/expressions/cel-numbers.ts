import { isObject, isRawNumber, parseJson } from '../../core/json.js';

/** A raw number as CEL counts: whole numbers beyond a double's 53 bits as `int`, others as `double`. */
export function plainNumber(value: unknown): unknown {
  if (!isRawNumber(value)) return value;
  const number = Number(value.rawJSON);
  return /^-?\d{1,40}$/.test(value.rawJSON) && !Number.isSafeInteger(number) ? BigInt(value.rawJSON) : number;
}

/** The items of a list, which a comprehension hands out one by one. */
export const plainItems = (items: unknown[]): unknown[] => (items.some(isRawNumber) ? items.map(plainNumber) : items);

/** For comparisons, which look into values: raw numbers at every depth. Call it after `chargeCompare`, which pays for the way. */
export function withPlainNumbers(value: unknown): unknown {
  if (typeof value !== 'object' || !holdsRawNumber(value)) return value;
  if (Array.isArray(value)) return value.map(withPlainNumbers);
  if (!isObject(value)) return plainNumber(value);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withPlainNumbers(member)]));
}

function holdsRawNumber(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsRawNumber);
  return isRawNumber(value) || Object.values(value).some(holdsRawNumber);
}

/** The number of a CEL `int` in JSON: beyond 53 bits a raw number, which keeps every digit. */
export const jsonInteger = (value: bigint): unknown => parseJson(String(value));
