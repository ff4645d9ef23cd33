import type { BodyType, HttpInput } from '../../core/definition.js';
import { withoutNulls } from '../../core/mapping.js';
import type { HttpActionKey, Pair } from '../../core/definition.js';
import type { FormData } from '../action.js';
import { formSummary } from '../../core/form-summary.js';
import { formData, shownParts } from './form-data.js';
import { headerOf } from './http.headers.js';
import { compileJsonTemplate } from './json-template.js';
import { compileText, type FaultList, type Mapped } from './mapped-value.js';
import { mediaType } from './media-type.js';
import { compilePairs, formText, type ResolvedPair } from './pairs.js';

export const FORM_TYPE = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
const MULTIPART = 'multipart/form-data';

export interface BuiltBody {
  text: string;
  /** Sent unless the step has a Content-Type header of its own. */
  contentType: string;
  /** Where it is a form with parts; `text` is its summary then, and no other Content-Type will do. */
  form?: FormData;
}

/** The body under the Content-Type the step set itself (null: none); null where nothing is sent. */
export type BodyMapping = (contentType: string | null) => Mapped<BuiltBody | null>;

export function compileBody(action: HttpActionKey, input: HttpInput, faults: FaultList): BodyMapping {
  if (action === 'get') {
    if (input.body.length > 0) faults.add(['body'], 'no_body', 'A GET has no body. Use the query, or a custom call.');
    return () => () => null;
  }
  if (action === 'custom') {
    const mapping = compileCustom(input, faults);
    return () => mapping;
  }
  if (typeof input.body === 'string') {
    faults.add(['body'], 'pairs_expected', 'This action sends pairs. Use a custom call for a body written as text.');
    return () => () => null;
  }
  return compileByContentType(input, input.body, faults);
}

/** POST and PUT: the Content-Type header switches the encoding of the same pairs. */
function compileByContentType(input: HttpInput, body: readonly Pair[], faults: FaultList): BodyMapping {
  const written = writtenContentType(input);
  if (!isType(written, FORM_TYPE) && !isType(written, MULTIPART)) addRepeatedKeys(body, faults);
  if (body.length === 0) return () => () => null;
  const resolve = compilePairs(body, 'body', 'body field', input.omitNulls, faults);
  return (contentType) => (scope, budget) => {
    const pairs = resolve(scope, budget);
    if (isType(contentType, MULTIPART)) return multipart(pairs, false);
    return isType(contentType, FORM_TYPE) ? form(pairs, input) : json(pairs);
  };
}

function compileCustom(input: HttpInput, faults: FaultList): Mapped<BuiltBody | null> {
  const { body, bodyType = 'json', contentType } = input;
  if (contentType !== undefined && mediaType(contentType) === null) {
    faults.add(['contentType'], 'invalid_media_type', 'This is no media type, as "text/csv" is one.');
  }
  if (body.length === 0) return () => null;
  if (bodyType === 'none') {
    faults.add(
      ['body'],
      'no_body',
      'The body type is "none", so this body would not be sent. Empty it, or choose a type.',
    );
  }
  const custom =
    typeof body === 'string'
      ? compileTextBody(body, bodyType, input, faults)
      : pairsBody(body, bodyType, input, faults);
  return (scope, budget) => {
    const built = custom(scope, budget);
    return contentType === undefined || built.form ? built : { ...built, contentType };
  };
}

function compileTextBody(body: string, bodyType: BodyType, input: HttpInput, faults: FaultList): Mapped<BuiltBody> {
  if (bodyType === 'json') {
    const value = compileJsonTemplate(body, faults);
    return (scope, budget) => {
      const mapped = value(scope, budget);
      return { text: JSON.stringify(input.omitNulls ? withoutNulls(mapped) : mapped), contentType: JSON_TYPE };
    };
  }
  if (bodyType === 'urlencoded' || bodyType === 'form-data') {
    faults.add(['body'], 'pairs_expected', 'A form is made of pairs. Use the body type "raw" for text.');
  }
  const template = compileText(body, ['body'], faults);
  return (scope, budget) => ({
    text: template?.render(scope, undefined, budget) ?? '',
    contentType: 'text/plain; charset=utf-8',
  });
}

function pairsBody(body: readonly Pair[], bodyType: BodyType, input: HttpInput, faults: FaultList): Mapped<BuiltBody> {
  if (bodyType === 'raw') faults.add(['body'], 'text_expected', 'A raw body is one text, not pairs.');
  if (bodyType === 'json') addRepeatedKeys(body, faults);
  const resolve = compilePairs(body, 'body', 'body field', input.omitNulls, faults);
  return (scope, budget) => {
    const pairs = resolve(scope, budget);
    if (bodyType === 'form-data') return multipart(pairs, true);
    return bodyType === 'urlencoded' ? form(pairs, input) : json(pairs);
  };
}

const form = (pairs: readonly ResolvedPair[], input: HttpInput): BuiltBody => ({
  text: formText(pairs, input.queryArrays),
  contentType: FORM_TYPE,
});

function multipart(pairs: readonly ResolvedPair[], mayHoldFiles: boolean): BuiltBody {
  const made = formData(pairs, mayHoldFiles);
  return {
    text: formSummary(shownParts(made.parts)),
    contentType: `${MULTIPART}; boundary=${made.boundary}`,
    form: made,
  };
}

/** Written member by member, because an object would put keys like "2" before all others. */
const json = (pairs: readonly ResolvedPair[]): BuiltBody => ({
  text: `{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`,
  contentType: JSON_TYPE,
});

/** What a receiver does with a repeated key is its own guess (RFC 8259, section 4). */
function addRepeatedKeys(body: readonly Pair[], faults: FaultList): void {
  const seen = new Set<string>();
  body.forEach(({ key }, index) => {
    if (seen.has(key)) {
      faults.add(
        ['body', index, 'key'],
        'repeated_key',
        `The key "${key.slice(0, 60)}" is there twice, and JSON has room for one.`,
      );
    }
    seen.add(key);
  });
}

/** The step's own Content-Type, as far as it is known before a run. */
function writtenContentType(input: HttpInput): string | null {
  const written = input.headers.map(({ key, value }): [string, string] => [
    key,
    typeof value === 'string' ? value : '',
  ]);
  return headerOf(written, 'content-type');
}

const isType = (contentType: string | null, essence: string): boolean =>
  contentType !== null && mediaType(contentType)?.essence === essence;
