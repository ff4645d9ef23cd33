/** What a token endpoint said, read as tolerantly as is safe; `problem` completes the sentence "The provider …". */
export type TokenAnswer =
  | { kind: 'tokens'; fields: TokenFields }
  | { kind: 'error'; error: string; description: string | null }
  | { kind: 'unreadable'; problem: string };

/** In the shape of RFC 6749 5.1, and nothing else of what came. */
export interface TokenFields {
  access_token: string;
  token_type: string;
  expires_in?: number;
  refresh_token?: string;
  scope?: string;
}

/** Further is no date. */
const MAX_SECONDS = 100 * 365 * 24 * 3600;

/** Names under which bearer tokens also go: `bot` and `user` are Slack's. */
const BEARER: ReadonlySet<string> = new Set(['bearer', 'bearertoken', 'bot', 'user']);

/**
 * Reads the body of a token answer, whatever its status: JSON or a form (RFC 6749 asks for JSON, some send forms),
 * under whatever content type. Never repeats any of it in a problem.
 */
export function readTokenAnswer(body: Buffer, contentType: string): TokenAnswer {
  const text = body
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim();
  if (text === '') return unreadable('sent an empty answer');
  const values = text.startsWith('{') ? jsonOf(text) : formOf(text);
  if (values === null) {
    if (text.startsWith('<')) return unreadable('sent an HTML or XML page');
    const media = /^[\w.+-]+\/[\w.+-]+/.exec(contentType)?.[0];
    return unreadable(`sent something that is neither JSON nor a form${media ? ` (${media.slice(0, 60)})` : ''}`);
  }
  const accessToken = values.get('access_token');
  const error = values.get('error');
  if (accessToken === undefined && typeof error === 'string' && error !== '') {
    return { kind: 'error', error, description: textOf(values.get('error_description')) };
  }
  return tokensOf(values);
}

type Values = ReadonlyMap<string, unknown>;

function tokensOf(values: Values): TokenAnswer {
  const accessToken = textOf(values.get('access_token'));
  if (accessToken === null) return unreadable('sent no access token');
  if (!isVisible(accessToken)) return unreadable('sent an access token that no header can carry');
  const tokenType = textOf(values.get('token_type'))?.toLowerCase() ?? 'bearer';
  if (!BEARER.has(tokenType)) {
    return unreadable('gives tokens of a type other than "Bearer", which are not supported');
  }
  const refreshToken = textOf(values.get('refresh_token'));
  const seconds = secondsOf(values.get('expires_in'));
  const scope = scopeOf(values.get('scope'));
  return {
    kind: 'tokens',
    fields: {
      access_token: accessToken,
      token_type: 'bearer',
      ...(seconds === null ? null : { expires_in: seconds }),
      ...(refreshToken === null || !isVisible(refreshToken) ? null : { refresh_token: refreshToken }),
      ...(scope === null ? null : { scope }),
    },
  };
}

function jsonOf(text: string): Values | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? new Map<string, unknown>(Object.entries(parsed)) : null;
  } catch {
    return null;
  }
}

/** Null where it is no form, or one that says something twice (RFC 6749 3.2). */
function formOf(text: string): Values | null {
  if (!/(^|&)(access_token|error)=/.test(text) || /[<\s]/.test(text)) return null;
  const pairs = [...new URLSearchParams(text)];
  const values = new Map<string, unknown>(pairs);
  return values.size === pairs.length ? values : null;
}

const unreadable = (problem: string): TokenAnswer => ({ kind: 'unreadable', problem });

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** RFC 6749 appendix A.12, without the space, which no header keeps at its ends. */
const isVisible = (token: string): boolean => /^[\x21-\x7e]+$/.test(token);

/** A number, also as text; zero, less, or rubbish means that the provider did not say. */
function secondsOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !(number >= 1)) return null;
  return Math.min(Math.floor(number), MAX_SECONDS);
}

/** Text, or a list of texts as some send it. */
function scopeOf(value: unknown): string | null {
  if (Array.isArray(value)) return value.filter((each) => typeof each === 'string').join(' ') || null;
  return textOf(value);
}
