import { Injectable, Optional, type OnApplicationShutdown } from '@nestjs/common';
import { Axios } from 'axios';
import type { RunError } from '../../core/run.js';
import { Call, type CallLimits } from './call.js';
import { ConnectionPool } from './connection-pool.js';
import { EgressGuard } from './egress-guard.js';
import type { Answer } from './exchange.js';
import { HttpFailure } from './http-failure.js';
import type { HttpRequest, HttpResult, Outcome } from './http-message.js';
import { redirected } from './redirects.js';
import { prepareRequest, type OutgoingRequest } from './request-rules.js';
import { undiciAdapter } from './undici.adapter.js';

export type { HttpRequest, HttpResult, Timings } from './http-message.js';

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * The one way out: every HTTP call of the product. Each attempt is guarded at every hop, has one deadline and a size
 * limit, follows only the redirects it is told to and knows no proxy of the environment.
 */
@Injectable()
export class HttpClient implements OnApplicationShutdown {
  private readonly pool: ConnectionPool;
  private readonly axios: Axios;
  private readonly calls = new Map<Call, string | undefined>();

  constructor(guard: EgressGuard, @Optional() pool?: ConnectionPool) {
    this.pool = pool ?? new ConnectionPool(guard);
    // The bare class: `axios.create` merges defaults (headers, transforms, proxies) into each call that we want none of.
    this.axios = new Axios({ adapter: undiciAdapter(this.pool) });
  }

  /** Never throws, whatever the request or the receiver: a failure is a result. */
  async send(request: HttpRequest): Promise<HttpResult> {
    const first = await this.sendOnce(request);
    return (request.redirects ?? 0) === 0 ? first : this.follow(request, first);
  }

  private async follow(request: HttpRequest, first: HttpResult): Promise<HttpResult> {
    const seen = new Set<string>();
    let hop = request;
    let result = first;
    for (let count = 0; result.kind === 'response'; count++) {
      const { status } = result;
      seen.add(`${hop.method} ${new URL(hop.url).href}`);
      try {
        const next = redirected(hop, status, result.headers);
        if (next === null) return result;
        const { origin } = new URL(hop.url);
        if (seen.has(`${next.method} ${next.url}`)) {
          throw new HttpFailure(
            'redirect',
            `${origin} redirects in a circle: a call led back to an earlier one. Use an address that answers itself as the URL.`,
          );
        }
        if (count === request.redirects) {
          throw new HttpFailure(
            'redirect',
            `${origin} redirects once more after ${count} redirects, which is the limit. Use the last address as the URL, or allow more.`,
          );
        }
        const leftMs = Math.ceil(request.timeoutMs - result.timings.totalMs);
        if (leftMs <= 0)
          throw new HttpFailure(
            'total_timeout',
            `The redirects took ${request.timeoutMs} ms. Give the step more time (timeoutMs), or use the last address as the URL.`,
          );
        hop = { ...next, timeoutMs: leftMs };
      } catch (error) {
        const { timings, remoteAddress } = result;
        return { ...this.failed(error), status, timings, remoteAddress };
      }
      result = joined(result, await this.sendOnce(hop));
    }
    return result;
  }

  private async sendOnce(request: HttpRequest): Promise<HttpResult> {
    let outgoing: OutgoingRequest;
    try {
      outgoing = prepareRequest(request);
    } catch (error) {
      return {
        ...this.failed(error),
        timings: { dnsMs: 0, connectMs: 0, firstByteMs: 0, totalMs: 0 },
        remoteAddress: null,
      };
    }
    const call = new Call(outgoing, limitsOf(request), request.signal);
    this.calls.set(call, request.owner);
    try {
      const { request: answer } = await this.axios.request<Buffer, { request: Answer }>({
        url: request.url,
        method: request.method,
        call,
      });
      call.end();
      return { kind: 'response', ...answer, ...outcomeOf(call) };
    } catch (error) {
      call.end();
      return { ...this.failed(error), status: call.status, ...outcomeOf(call) };
    } finally {
      this.calls.delete(call);
    }
  }

  /** Ends the calls under way as `canceled` and closes every connection. */
  async close(): Promise<void> {
    const stopping = new HttpFailure('canceled', 'The call was canceled: the program is stopping.');
    for (const call of this.calls.keys()) call.fail(stopping);
    this.pool.close();
  }

  /** Ends the calls of an owner that are out now, as `canceled`. */
  cancel(owner: string): void {
    const canceled = new HttpFailure('canceled', 'The call was canceled.');
    for (const [call, of] of this.calls) if (of === owner) call.fail(canceled);
  }

  /** Whose calls are out now. */
  get owners(): string[] {
    return [...new Set([...this.calls.values()].filter((owner) => owner !== undefined))];
  }

  onApplicationShutdown(): Promise<void> {
    return this.close();
  }

  private failed(error: unknown): { kind: 'error'; error: RunError; status: number | null } {
    if (error instanceof HttpFailure) {
      return { kind: 'error', error: { code: error.code, message: error.message }, status: null };
    }
    // A bug of ours or of a library: its text may hold anything, its name does not.
    const name = error instanceof Error ? error.name : typeof error;
    return {
      kind: 'error',
      error: { code: 'reset', message: `The call failed inside the HTTP client (${name}).` },
      status: null,
    };
  }
}

const limitsOf = (request: HttpRequest): CallLimits => ({
  totalMs: request.timeoutMs,
  connectMs: request.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
  firstByteMs: request.firstByteTimeoutMs ?? null,
});

const outcomeOf = (call: Call): Outcome => ({
  timings: call.timings,
  remoteAddress: call.remoteAddress,
  ...(call.resent ? { resent: true } : null),
});

/** What a hop came to, with the time of all hops before it. */
function joined(before: HttpResult, after: HttpResult): HttpResult {
  const timings = { ...after.timings };
  for (const part of ['dnsMs', 'connectMs', 'firstByteMs', 'totalMs'] as const) timings[part] += before.timings[part];
  return { ...after, timings, ...(before.resent ? { resent: true } : null) };
}
