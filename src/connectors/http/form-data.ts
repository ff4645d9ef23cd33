import { createHmac, randomBytes } from 'node:crypto';
import type { ShownPart } from '../../core/form-summary.js';
import { formatId, parseId } from '../../core/id.js';
import { isObject } from '../../core/json.js';
import { MappingError } from '../../platform/expressions/template.js';
import { toText } from '../../platform/expressions/text.js';
import type { FormData, FormPart } from '../action.js';
import { urlProblem } from './http.url.js';
import type { ResolvedPair } from './pairs.js';

const MAX_PARTS = 1_000;
const BOUNDARY_KEY = randomBytes(32);

/** The parts of a `multipart/form-data` body (RFC 7578), in the order of the pairs. Throws `MappingError`. */
export function formData(pairs: readonly ResolvedPair[], mayHoldFiles: boolean): FormData {
  const parts = pairs.flatMap(([key, value]) => partsOf(key, value));
  if (parts.length > MAX_PARTS) throw new MappingError(`The form has more than ${MAX_PARTS} parts.`);
  const withFile = parts.find(({ file }) => file !== undefined);
  if (withFile && !mayHoldFiles) {
    throw new MappingError(
      `The body field "${withFile.name}" is a file: only a custom call with form data sends files.`,
    );
  }
  // The same for every attempt of this process. The bytes of a file are not in it, so it must not be known beforehand:
  // whoever serves the file could write parts of its own into the body.
  const boundary = `hookline-${createHmac('sha256', BOUNDARY_KEY).update(JSON.stringify(parts)).digest('hex').slice(0, 40)}`;
  return { boundary, parts };
}

/** What is known of stored files, by their UUID. */
type KnownFiles = ReadonlyMap<string, { filename: string; contentType: string; bytes: number }>;

/** What is recorded and shown in the place of the bytes. */
export const shownParts = (parts: readonly FormPart[], known: KnownFiles = new Map()): ShownPart[] =>
  parts.map((part) => {
    if (part.file === undefined) return { name: part.name, text: part.text };
    const { name, file } = part;
    const nothing = { filename: file.filename || null, contentType: null, bytes: null };
    if (file.kind === 'url') return { name, ...nothing, url: file.url };
    const found = known.get(file.id);
    const { filename, contentType, bytes } = found ? { ...found, filename: file.filename ?? found.filename } : nothing;
    return { name, filename, contentType, bytes, fileId: formatId('fil', file.id) };
  });

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
  const { fileId, url, filename } = value;
  const given = typeof filename === 'string' && filename !== '' ? filename : null;
  if (typeof fileId === 'string') {
    const id = parseId('fil', fileId);
    if (id === null) throw new MappingError(`The body field "${name}": its fileId is no id of a file ("fil_…").`);
    return { name, file: { kind: 'stored', id, filename: given } };
  }
  const problem = typeof url === 'string' ? urlProblem(url) : 'it is no text.';
  if (problem !== null) throw new MappingError(`The body field "${name}": its file cannot be fetched. ${problem}`);
  return { name, file: { kind: 'url', url: String(url).trim(), filename: given ?? '' } };
}

/** As a stored file is written (`fileId`, and what else an earlier step's answer says of it), or one by its URL. */
const STORED: ReadonlySet<string> = new Set(['fileId', 'filename', 'contentType', 'bytes']);

function isFile(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  if (Object.hasOwn(value, 'fileId')) return keys.every((key) => STORED.has(key));
  return keys.sort().join() === 'filename,url';
}
