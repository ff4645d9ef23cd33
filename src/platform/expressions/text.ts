import { isRawNumber } from '../../core/json.js';
import { MappingError } from './errors.js';

/** The longest text that an expression or a template makes, in UTF-16 units. */
export const MAX_TEXT = 1024 * 1024;

/** A value between other text: null is nothing, text is itself, numbers and booleans as written, the rest as JSON. */
export function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (isRawNumber(value)) return value.rawJSON;
  return jsonText(value);
}

function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    throw new MappingError('The value is nested too deep to be written as JSON.');
  }
}
