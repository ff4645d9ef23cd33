import { AxiosHeaders, type AxiosAdapter, type AxiosResponse } from 'axios';
import type { Call } from './call.js';
import type { Connection, ConnectionPool } from './connection-pool.js';
import { exchange, type Answer } from './exchange.js';
import { HttpFailure } from './http-failure.js';
import type { OutgoingRequest } from './request-rules.js';

declare module 'axios' {
  interface AxiosRequestConfig {
    /** What axios cannot carry: a method's case, the order and repeats of headers, the call's one deadline. */
    call?: Call;
  }
}

/** axios over our own sockets: takes a connection, sends, reads; rejects with an `HttpFailure`. */
export const undiciAdapter =
  (pool: ConnectionPool): AxiosAdapter =>
  async (config) => {
    const { call } = config;
    if (!call) throw new TypeError('Every call goes through HttpClient.send, which gives it a deadline.');
    const answer = await callOnce(pool, call);
    const response: AxiosResponse<Buffer> = {
      data: answer.body,
      status: answer.status,
      statusText: '',
      headers: NO_HEADERS,
      config,
      request: answer,
    };
    return response;
  };

/** Nobody reads them here: `HttpClient` takes the list as it was received, where repeats and order are kept. */
const NO_HEADERS = new AxiosHeaders();

/** A server that closes later has had the request, and may have carried it out. */
const AT_ONCE_MS = 1_000;
/** RFC 9110, 9.2.2. */
const IDEMPOTENT: ReadonlySet<string> = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PUT']);

const mayGoOutTwice = ({ method, headers }: OutgoingRequest): boolean =>
  IDEMPOTENT.has(method) || headers.some((name, at) => at % 2 === 0 && name.toLowerCase() === 'idempotency-key');

async function callOnce(pool: ConnectionPool, call: Call): Promise<Answer> {
  const connection = await pool.take(call, call.request.fresh);
  const reused = connection.used;
  const sentAt = performance.now();
  try {
    return await on(connection, pool, call);
  } catch (error) {
    const isReset = error instanceof HttpFailure && error.code === 'reset';
    const atOnce = performance.now() - sentAt < AT_ONCE_MS;
    if (!reused || call.answering || !isReset || !atOnce || !mayGoOutTwice(call.request)) throw error;
  }
  // The server closed an idle connection just as the request went out: it has most likely not seen it (RFC 9112 9.3.1).
  call.resent = true;
  return on(await pool.take(call, true), pool, call);
}

async function on(connection: Connection, pool: ConnectionPool, call: Call): Promise<Answer> {
  try {
    const answer = await exchange(call, connection);
    pool.release(connection);
    return answer;
  } catch (error) {
    connection.destroy();
    throw error;
  }
}
