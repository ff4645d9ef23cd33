import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { HooklineError, pointer } from '../../core/errors.js';
import { hasMoreValues, jsonDepth } from '../../core/json.js';
import { ENDPOINT, type EndpointOptions } from './endpoint.js';
import { isUpload } from './upload.js';

export const MAX_BODY_BYTES = 16 * 1024 * 1024;
export const MAX_JSON_DEPTH = 64;
/** 5 million empty steps in one definition took 24 s to refuse; this many take under half a second. */
const MAX_VALUES = 100_000;

/** `application/json` and every type with the suffix `+json` (RFC 6839, 3.1), with parameters or without. */
const JSON_SUFFIX = /^[a-z]+\/[\w.!#$&^-]+\+json\s*(;|$)/i;

/** Keys that could become a prototype somewhere, perhaps written with escapes: a cheap test before the slow walk. */
const SUSPECT = /__proto__|constructor|\\u00[4-7]/;

/**
 * Makes the server understand JSON, and nothing else but uploads where a route says so. The text is kept on `request.bodyText` for what must not lose a
 * digit. A request without a body passes whatever content type it names.
 */
export function acceptJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  leaveRawBodies(server);
  for (const type of ['application/json', JSON_SUFFIX]) {
    server.addContentTypeParser<Buffer>(type, { parseAs: 'buffer' }, (request, bytes, done) => {
      try {
        done(null, readJson(request, bytes));
      } catch (error) {
        done(error as Error);
      }
    });
  }
  server.addContentTypeParser('*', (request, stream, done) => {
    const { config } = request.routeOptions as { config?: { [ENDPOINT]?: EndpointOptions } };
    const endpoint = config?.[ENDPOINT];
    if (endpoint?.bytesWith?.some((name) => request.headers[name] !== undefined)) {
      void readBytes(stream).then(
        (bytes) => {
          request.bodyBytes = bytes;
          done(null, undefined);
        },
        (error: Error) => done(error),
      );
      return;
    }
    const isAwaited = endpoint?.upload !== undefined && isUpload(request.headers['content-type']);
    if (isAwaited || endpoint?.rawBody || request.headers['content-length'] === '0') return done(null, undefined);
    done(
      new HooklineError(
        'media_type',
        'unsupported_media_type',
        `${JSON.stringify(request.headers['content-type'] ?? '')} is not understood here. Send JSON, with "Content-Type: application/json".`,
      ),
    );
  });
}

async function readBytes(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) {
      throw new HooklineError('too_large', 'too_large', 'The request is larger than 16 MiB. Send less at once.');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The parsers of such a route are given an empty body, so that its own stays where it is. Costs other routes nothing. */
function leaveRawBodies(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    const endpoint = (route.config as Record<string, unknown> | undefined)?.[ENDPOINT] as EndpointOptions | undefined;
    if (!endpoint?.rawBody) return;
    route.bodyLimit = Number.MAX_SAFE_INTEGER;
    route.preParsing = (request, _reply, _payload, done) => {
      const receivedEncodedLength = Number(request.headers['content-length'] ?? 0);
      done(null, Object.assign(Readable.from([]), { receivedEncodedLength }));
    };
  });
}

function readJson(request: FastifyRequest, bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new HooklineError(
      'media_type',
      'unsupported_content_encoding',
      `A body with Content-Encoding ${JSON.stringify(encoding)} is not understood. Send it uncompressed.`,
    );
  }
  if (!isUtf8(bytes)) throw malformed('The body is not UTF-8.');
  const decoded = bytes.toString('utf8');
  const text = decoded.charCodeAt(0) === 0xfeff ? decoded.slice(1) : decoded;
  refuseTooMany(request, text);
  const value = parseBody(text);
  request.bodyText = text;
  return value;
}

function refuseTooMany(request: FastifyRequest, text: string): void {
  // Each value takes two characters at least: short texts need not be counted.
  if (text.length < 2 * MAX_VALUES || !hasMoreValues(text, MAX_VALUES)) return;
  const { config } = request.routeOptions as { config?: { [ENDPOINT]?: EndpointOptions } };
  if (config?.[ENDPOINT]?.anyNumberOfValues) return;
  throw new HooklineError('too_large', 'too_many_values', `The JSON holds more than ${MAX_VALUES} values. Send fewer.`);
}

/** Parses the JSON text of a request. Throws `HooklineError`: `malformed_json`, `too_deep`, `forbidden_key`. */
export function parseBody(text: string): unknown {
  if (jsonDepth(text) > MAX_JSON_DEPTH) {
    throw new HooklineError('malformed', 'too_deep', `The JSON nests deeper than ${MAX_JSON_DEPTH} levels.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // V8's message quotes a piece of the text, which may be a secret: only the position is handed on.
    const at = /position \d+/.exec((error as Error).message)?.[0];
    throw malformed(
      at ? `The body is not valid JSON: look at ${at}.` : 'The body is not valid JSON: it ends too early.',
    );
  }
  if (SUSPECT.test(text)) refusePrototypes(value, []);
  return value;
}

function refusePrototypes(value: unknown, path: (string | number)[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const here = Array.isArray(value) ? path : [...path, key];
    const poisons =
      key === '__proto__' || (key === 'constructor' && Object.hasOwn(Object(member) as object, 'prototype'));
    if (poisons) {
      const message = `A member may not be called "${key}" here. Remove it.`;
      const faults = [{ path: pointer(here), code: 'forbidden_key', message }];
      throw new HooklineError('malformed', 'forbidden_key', message, { faults });
    }
    refusePrototypes(member, Array.isArray(value) ? [...path, Number(key)] : here);
  }
}

function malformed(detail: string): HooklineError {
  const faults = [{ path: '', code: 'malformed_json', message: detail }];
  return new HooklineError('malformed', 'malformed_json', detail, { faults });
}
