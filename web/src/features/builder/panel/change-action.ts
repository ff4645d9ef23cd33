import type { Pair, StepInput } from '../../../api/types.js';

export type ActionKey = 'get' | 'post' | 'put' | 'custom';

/** All that any action may have; each has its part of it. */
export interface AnyInput extends Omit<StepInput, 'body'> {
  body?: Pair[] | string;
  method?: string;
  bodyType?: BodyType;
  contentType?: string;
}
export type BodyType = 'none' | 'json' | 'raw' | 'urlencoded' | 'form-data';

/** What an action has no place for, kept until one has. */
export interface Parked {
  body?: Pair[] | string;
  method?: string;
  bodyType?: BodyType;
  contentType?: string;
}

export interface Changed {
  input: AnyInput;
  parked: Parked;
  /** What was set aside, in words; empty where nothing was. */
  said: string;
}

const FORM = 'application/x-www-form-urlencoded';

/** The input for another action. Nothing that was typed is lost: what has no place waits in `parked`, and is said. */
export function changeAction(input: AnyInput, to: ActionKey, parked: Parked): Changed {
  const { body = [], method, bodyType, contentType, ...shared } = input;
  const waiting: Parked = { ...parked };
  if (method !== undefined) waiting.method = method;
  if (bodyType !== undefined) waiting.bodyType = bodyType;
  if (contentType !== undefined) waiting.contentType = contentType;
  const mine = body.length > 0 ? body : (waiting.body ?? []);
  if (to === 'get') {
    if (mine.length > 0) waiting.body = mine;
    return {
      input: { ...shared, body: [] },
      parked: waiting,
      said: mine.length > 0 ? `${bodyWords(mine)} set aside: a GET sends no body.` : '',
    };
  }
  if (to === 'custom') {
    const type = waiting.bodyType ?? bodyTypeOf(shared.headers);
    const { body: _used, method: kept = 'POST', bodyType: _type, contentType: media, ...rest } = waiting;
    return {
      input: {
        ...shared,
        method: kept,
        bodyType: type,
        ...(media === undefined ? {} : { contentType: media }),
        body: mine,
      },
      parked: rest,
      said: '',
    };
  }
  if (typeof mine === 'string') {
    waiting.body = mine;
    return {
      input: { ...shared, body: [] },
      parked: waiting,
      said: 'The body written as text is set aside: this call sends parameters.',
    };
  }
  const { body: _used, ...rest } = waiting;
  const isForm = (bodyType === 'urlencoded' || bodyType === 'form-data') && bodyTypeOf(shared.headers) === 'json';
  return {
    input: { ...shared, body: mine },
    parked: rest,
    said: isForm ? 'The body goes out as JSON now. Add a Content-Type header to send it as a form.' : '',
  };
}

function bodyTypeOf(headers: readonly Pair[]): BodyType {
  const type = headers.find(({ key }) => key.toLowerCase() === 'content-type')?.value;
  if (type === FORM) return 'urlencoded';
  return typeof type === 'string' && type.startsWith('multipart/form-data') ? 'form-data' : 'json';
}

const bodyWords = (body: Pair[] | string): string =>
  typeof body === 'string'
    ? 'The body is'
    : body.length === 1
      ? '1 body parameter is'
      : `${body.length} body parameters are`;
