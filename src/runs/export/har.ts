import { STATUS_CODES } from 'node:http';
import type { ShownPart } from '../../core/form-summary.js';
import type { FileValue } from '../../core/file-value.js';
import { formPartsOf, textOf, valuesOf, type SentRequest } from './sent-request.js';

/** One try of one step, as the log has it. */
export interface ArchivedAttempt {
  step: string;
  number: number;
  status: string;
  startedAt: Date;
  /** Null: it could not be built. `body` is null too where it is left out of the archive. */
  request: (SentRequest & { bytes: number }) | null;
  response: {
    status: number;
    headers: [string, string][];
    body: Buffer | null;
    bytes: number;
    truncated: boolean;
    file?: FileValue;
  } | null;
  /** Null: it has no end. `firstByteMs` counts from when the request was handed to the connection. */
  timings: { dnsMs: number; connectMs: number; firstByteMs: number; totalMs: number } | null;
  remoteAddress: string | null;
  error: { code: string; message: string } | null;
}

type Pairs = [string, string][];

/**
 * A run as an HTTP Archive 1.2 (w3c.github.io/web-performance/specs/HAR/Overview.html), oldest attempt first. What HAR
 * has no word for is in members that begin with an underscore, as it asks for. An attempt without a request is not in
 * it, and `comment` says so.
 */
export function harOf(runNumber: string, attempts: ArchivedAttempt[]): Record<string, unknown> {
  const sent = attempts.filter(({ request }) => request !== null);
  const unsent = attempts.length - sent.length;
  return {
    log: {
      version: '1.2',
      creator: { name: 'Hookline', version: '1' },
      entries: sent.map(entryOf),
      comment: [
        `Run #${runNumber}.`,
        ...(unsent > 0 ? [`${unsent} of its ${attempts.length} attempts could not be built and sent nothing.`] : []),
      ].join(' '),
    },
  };
}

function entryOf(attempt: ArchivedAttempt): Record<string, unknown> {
  const { step, number, status, startedAt, request, response, error, remoteAddress } = attempt;
  const timings = timingsOf(attempt);
  return {
    startedDateTime: startedAt.toISOString(),
    time: Object.values(timings).reduce((sum, ms) => sum + Math.max(0, ms), 0),
    request: requestOf(request!),
    response: responseOf(response, error),
    cache: {},
    timings,
    ...(remoteAddress !== null && { serverIPAddress: remoteAddress }),
    comment: `Step ${step}, attempt ${number}: ${status}${error ? ` (${error.code}). ${error.message}` : '.'}`,
  };
}

function requestOf(request: SentRequest & { bytes: number }): Record<string, unknown> {
  const { method, url, headers, body, bytes } = request;
  const parts = formPartsOf(request);
  const content = parts ? formOf(parts) : contentOf(body, bytes, '_encoding');
  const query = URL.parse(url)?.searchParams ?? new URLSearchParams();
  return {
    method,
    url,
    httpVersion: 'HTTP/1.1',
    cookies: valuesOf(headers, 'cookie').flatMap((value) => value.split(';').map(cookieOf)),
    headers: named(headers),
    queryString: named([...query]),
    ...(bytes > 0 && { postData: { mimeType: typeOf(headers), ...content } }),
    headersSize: -1,
    bodySize: parts ? -1 : bytes,
  };
}

/** In `params`, which HAR has for forms, in the place of `text`. */
const formOf = (parts: ShownPart[]) => ({
  params: parts.map((part) =>
    'text' in part
      ? { name: part.name, value: part.text }
      : {
          name: part.name,
          ...(part.filename !== null && { fileName: part.filename }),
          ...(part.contentType !== null && { contentType: part.contentType }),
          comment: [part.fileId ?? part.url, ...(part.bytes === null ? [] : [`${part.bytes} bytes`])].join(', '),
        },
  ),
  comment: 'The parts of the form; its bytes are not kept.',
});

/** Without an answer: status 0, as browsers write it. */
function responseOf(response: ArchivedAttempt['response'], error: ArchivedAttempt['error']): Record<string, unknown> {
  const { status = 0, headers = [], body = null, bytes = 0, truncated = false, file } = response ?? {};
  const kept = file ? { text: '', comment: storedAs(file) } : contentOf(body, bytes, 'encoding');
  const content = { size: bytes, mimeType: typeOf(headers), ...kept };
  return {
    status,
    statusText: STATUS_CODES[status] ?? '',
    httpVersion: response ? 'HTTP/1.1' : '',
    cookies: valuesOf(headers, 'set-cookie').map((value) => cookieOf(value.split(';', 1)[0])),
    headers: named(headers),
    content: truncated ? { ...content, comment: 'Longer than is kept: the rest was cut off.' } : content,
    redirectURL: valuesOf(headers, 'location')[0] ?? '',
    headersSize: -1,
    bodySize: response ? -1 : 0,
    ...(response === null && error !== null && { _error: error.code }),
  };
}

const storedAs = ({ fileId, filename }: FileValue): string =>
  `Stored as the file "${filename}": GET /api/v1/files/${fileId}.`;

/** The parts of the call one after the other; -1 where a part did not take place. */
function timingsOf({ timings }: ArchivedAttempt): Record<string, number> {
  if (timings === null) return { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: 0, receive: 0 };
  const { dnsMs, connectMs, firstByteMs, totalMs } = timings;
  const rest = Math.max(0, totalMs - dnsMs - connectMs - firstByteMs);
  const parts = firstByteMs > 0 ? { wait: firstByteMs, receive: rest } : { wait: rest, receive: 0 };
  return { blocked: -1, dns: dnsMs || -1, connect: connectMs || -1, ssl: -1, send: 0, ...parts };
}

function contentOf(body: Buffer | null, bytes: number, encoding: 'encoding' | '_encoding'): Record<string, unknown> {
  if (body === null) {
    return bytes === 0 ? { text: '' } : { text: '', comment: `This body of ${bytes} bytes is left out here.` };
  }
  const text = textOf(body);
  return text !== null ? { text } : { text: body.toString('base64'), [encoding]: 'base64' };
}

const typeOf = (headers: Pairs): string => valuesOf(headers, 'content-type')[0] ?? '';

const named = (pairs: Pairs) => pairs.map(([name, value]) => ({ name, value }));

function cookieOf(pair: string): { name: string; value: string } {
  const at = pair.indexOf('=');
  return { name: pair.slice(0, Math.max(at, 0)).trim(), value: pair.slice(at + 1).trim() };
}
