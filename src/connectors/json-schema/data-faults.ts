import type { ErrorObject } from 'ajv';
import { pointer, type Fault } from '../../core/errors.js';

export const MAX_TOLD = 20;
const MAX_PATH_CHARS = 500;
const MAX_MESSAGE_CHARS = 300;

/** A fault of the data in our words, by pointer into it. */
export function faultOf(error: ErrorObject): Fault {
  const { keyword, instancePath, params } = error;
  const member = memberOf(error);
  const path = member === null ? instancePath : instancePath + pointer([member]);
  return {
    path: path.slice(0, MAX_PATH_CHARS).toWellFormed(),
    code: keyword === 'required' ? 'required' : keyword,
    message: messageOf(keyword, params, error.message).slice(0, MAX_MESSAGE_CHARS).toWellFormed(),
  };
}

/** The member that is missing or too much: the library points at the object it belongs in. */
function memberOf({ keyword, params }: ErrorObject): string | null {
  if (keyword === 'required' || keyword === 'dependentRequired') return String(params.missingProperty);
  if (keyword === 'additionalProperties') return String(params.additionalProperty);
  if (keyword === 'unevaluatedProperties') return String(params.unevaluatedProperty);
  return null;
}

function messageOf(keyword: string, params: Record<string, unknown>, message: string | undefined): string {
  switch (keyword) {
    case 'required':
    case 'dependentRequired':
      return 'Missing.';
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'There is no such member in the schema.';
    case 'type':
      return `Must be of type ${[params.type].flat().join(' or ')}.`;
    case 'enum':
      return `Must be one of ${JSON.stringify(params.allowedValues).slice(1, -1)}.`;
    case 'const':
      return `Must be ${JSON.stringify(params.allowedValue)}.`;
    default:
      return message === undefined ? `Fails "${keyword}".` : `${message[0].toUpperCase()}${message.slice(1)}.`;
  }
}
