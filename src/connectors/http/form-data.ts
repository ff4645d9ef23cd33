import { createHash } from 'node:crypto';
import { formatId, parseId } from '../../core/id.js';
import { isObject } from '../../core/json.js';
import { MappingError } from '../../platform/expressions/template.js';
import { toText } from '../../platform/expressions/text.js';
import type { FormData, FormPart } from '../action.js';
import type { ResolvedPair } from './pairs.js';

const MAX_PARTS = 1_000;

/** The parts of a `multipart/form-data` body (RFC 7578), in the order of the pairs. Throws `MappingError`. */
export function formData(pairs: readonly ResolvedPair[], mayHoldFiles: boolean): FormData {
  const parts = pairs.flatMap(([key, value]) => partsOf(key, value));
  if (parts.length > MAX_PARTS) throw new MappingError(`The form has more than ${MAX_PARTS} parts.`);
  const file = parts.find(({ fileId }) => fileId !== undefined);
  if (file && !mayHoldFiles) {
    throw new MappingError(`The body field "${file.name}" is a file: only a custom call with form data sends files.`);
  }
  // Made of what is sent: the same for every attempt, and nobody can write a text that holds its own hash.
  const boundary = `hookline-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40)}`;
  return { boundary, parts };
}

/** What is recorded and shown in the place of the bytes. */
export const formSummary = ({ parts }: FormData): string =>
  parts
    .map(({ name, text, fileId }) =>
      fileId === undefined ? `${name}: ${text}` : `${name}: [file ${formatId('fil', fileId)}]`,
    )
    .join('\n');

function partsOf(name: string, value: unknown): FormPart[] {
  if (!Array.isArray(value)) return [partOf(name, value)];
  if (name.endsWith('[]')) return value.map((each) => partOf(name, each));
  const files = value.filter(isFile).length;
  if (files > 1) {
    throw new MappingError(
      `The body field "${name}" has ${files} files, and a plain key sends one: add [] to the key ("${name}[]") to send each as a part.`,
    );
  }
  if (value.length === 0) return [];
  return [partOf(name, files === 1 && value.length === 1 ? (value as unknown[])[0] : value)];
}

function partOf(name: string, value: unknown): FormPart {
  if (!isFile(value)) return { name, text: toText(value) };
  if (typeof value.fileId !== 'string') {
    throw new MappingError(
      `The body field "${name}": a file by its URL cannot be sent yet. Upload it, and use its id.`,
    );
  }
  const fileId = parseId('fil', value.fileId);
  if (fileId === null) throw new MappingError(`The body field "${name}": its fileId is no id of a file ("fil_…").`);
  return { name, fileId };
}

/** `{"fileId": "fil_…"}` or `{"url": "…", "filename": "…"}`, and nothing beside. */
function isFile(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false;
  const keys = Object.keys(value).sort().join();
  return keys === 'fileId' || keys === 'filename,url';
}
