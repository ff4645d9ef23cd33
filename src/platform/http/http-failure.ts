import { errors } from 'undici';
import type { RunErrorCode } from '../../core/run.js';

/** Why a call ended without a whole answer. Its message may be shown and stored: no header value, body, query or user info. */
export class HttpFailure extends Error {
  constructor(
    readonly code: RunErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'HttpFailure';
  }
}

/** The code of an error of Node, undici or zlib; empty where there is none. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** Errors of the resolver (getaddrinfo). */
export function dnsFailure(error: unknown, host: string): HttpFailure {
  const code = codeOf(error);
  if (code === 'ENOTFOUND' || code === 'ENODATA') {
    return new HttpFailure('dns', `The name ${host} does not exist. Check the host in the URL.`);
  }
  const why = code === 'EAI_AGAIN' ? 'the name server did not answer' : code || 'unknown error';
  return new HttpFailure(
    'dns',
    `The name ${host} could not be looked up (${why}). Check the name servers of this machine.`,
  );
}

/** What to do where nobody answered at all. */
export const UNREACHED = 'Check that it runs, and that no firewall is in between.';

/** What to do where the fault can only be the receiver's. */
export const ITS_FAULT = 'The fault is on its side: try again later, or ask its operator.';

/** Errors of the TCP connection, before anything was sent. */
export function connectFailure(error: unknown, origin: string): HttpFailure {
  const code = codeOf(error);
  switch (code) {
    case 'ECONNREFUSED':
      return new HttpFailure(
        'connect_refused',
        `${origin} refused the connection: nothing listens there. Check the host and the port, and that it runs.`,
      );
    case 'ETIMEDOUT':
      return new HttpFailure('connect_timeout', `${origin} did not accept a connection in time. ${UNREACHED}`);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
    case 'ENETDOWN':
      return new HttpFailure('connect_refused', `${origin} cannot be reached from here (${code}). ${UNREACHED}`);
    default:
      return new HttpFailure(
        'connect_refused',
        `No connection to ${origin} could be opened (${code || 'unknown'}). ${UNREACHED}`,
      );
  }
}

const TRUST_IT = "If you trust it, put its authority's certificate into the connection (tls.ca)";

const CERTIFICATE_FAULTS: Record<string, string> = {
  CERT_HAS_EXPIRED: 'its certificate has expired. Ask its operator to renew it',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet. Check the clock of this machine, or ask its operator',
  DEPTH_ZERO_SELF_SIGNED_CERT: `its certificate is self-signed. ${TRUST_IT}`,
  SELF_SIGNED_CERT_IN_CHAIN: `its certificate chain holds an unknown root. ${TRUST_IT}`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: `its certificate chain is not complete. Ask its operator. ${TRUST_IT}`,
  UNABLE_TO_GET_ISSUER_CERT: `its certificate chain is not complete. Ask its operator. ${TRUST_IT}`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: `its certificate was issued by an unknown authority. ${TRUST_IT}`,
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name. Check the host in the URL',
  ECONNRESET:
    'it closed the connection during the handshake. It may ask for a client certificate, or for another TLS version',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS on this port (is the URL meant to be http://?)',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS on this port (is the URL meant to be http://?)',
};

const whyOf = (code: string): string =>
  CERTIFICATE_WANTED.test(code)
    ? 'it refused our certificate, or wants one. Check the client certificate in the connection (tls.cert)'
    : code || 'unknown';

/** Of the other side's alerts (RFC 8446, 6): it wants a certificate of ours, or another one. */
const CERTIFICATE_WANTED =
  /ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_|HANDSHAKE_FAILURE|UNSUPPORTED_CERT)/;

/** Errors of the TLS handshake, certificate checks included. */
export function tlsFailure(error: unknown, origin: string): HttpFailure {
  const code = codeOf(error);
  return new HttpFailure('tls', `No secure connection to ${origin}: ${CERTIFICATE_FAULTS[code] ?? whyOf(code)}.`);
}

/**
 * Errors of undici once the connection stands.
 * @param progress how much of the answer had come
 */
export function exchangeFailure(error: unknown, origin: string, progress: 'none' | 'begun' | 'headers'): HttpFailure {
  const code = codeOf(error);
  const text = error instanceof Error ? error.message : '';
  // With TLS 1.3 a receiver may say only after the handshake that it wants a certificate.
  if (code.startsWith('ERR_SSL_')) return tlsFailure(error, origin);
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return new HttpFailure('limit', `The headers of the answer of ${origin} are larger than 64 KiB. ${ITS_FAULT}`);
  }
  if (code === 'UND_ERR_SOCKET' && text === 'bad upgrade') {
    return new HttpFailure(
      'parse',
      `${origin} answered with a protocol upgrade (101), which nobody asked for. Check that the URL is not that of a WebSocket.`,
    );
  }
  if (code === 'UND_ERR_SOCKET' && text === 'bad response') {
    return new HttpFailure('parse', `${origin} sent an answer that does not belong to the request. ${ITS_FAULT}`);
  }
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' && progress !== 'headers') {
    return new HttpFailure(
      'parse',
      `The answer of ${origin} is not valid HTTP (it contradicts itself about its length). ${ITS_FAULT}`,
    );
  }
  // llhttp's reason is one of its own fixed texts: "Response does not match the HTTP/1.1 protocol (Invalid EOF state)".
  const cutShort = code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' || text.includes('Invalid EOF state');
  if (error instanceof errors.HTTPParserError && !cutShort) {
    const reason = /\((.*)\)$/.exec(text)?.[1];
    return new HttpFailure(
      'parse',
      `The answer of ${origin} is not valid HTTP${reason ? ` (${reason})` : ''}. Check that the URL is that of a web service.`,
    );
  }
  if (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED') {
    return new HttpFailure('mapping', `The request cannot be sent: ${text}.`);
  }
  const when = progress !== 'none' ? 'before the answer was complete' : 'before it answered';
  return new HttpFailure('reset', `${origin} closed the connection ${when}. ${ITS_FAULT}`);
}
