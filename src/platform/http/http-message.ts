import type { Readable } from 'node:stream';
import type { RunError } from '../../core/run.js';
import type { Transport } from './transport.js';

/** A body that is never whole in memory. */
export interface StreamedBody {
  /** Exactly as many as `open` gives: sent as Content-Length. */
  bytes: number;
  /** From its first byte, as often as it is called: a call may be sent twice. */
  open(): Readable;
}

/** Where a body goes that is too large to be held in memory. */
export interface Overflow {
  /** Of the whole body, after decompression. */
  maxBytes: number;
  /** Asked when the headers are there. False: `maxResponseBytes` is the end of this answer. */
  takes(status: number): boolean;
  /** Is given the body from its first byte while it comes in. The call ends well only once this has. */
  store(body: Readable, status: number, headers: [string, string][]): Promise<void>;
}

export interface HttpRequest {
  /** Sent as it is: methods are case-sensitive (RFC 9110 9.1). */
  method: string;
  url: string;
  /** Sent in this order, repeats kept. Those of the connection and of the framing cannot be set. */
  headers: [string, string][];
  body: Buffer | StreamedBody | null;
  /** The whole call: connecting, headers and body. */
  timeoutMs: number;
  /** At most 10 s or `timeoutMs`, whichever is less, unless given. */
  connectTimeoutMs?: number;
  /** Counted from when the connection stands; `timeoutMs` alone counts unless given. */
  firstByteTimeoutMs?: number;
  /** Held in memory, after decompression. */
  maxResponseBytes: number;
  /** For what is larger. None unless given: then a larger answer ends the call as `limit`. */
  overflow?: Overflow;
  /** So many are followed, within the same `timeoutMs`. None unless given: then a 3xx is an answer like any other. */
  redirects?: number;
  /** Names of headers and query parameters that carry credentials, which no other origin gets by a redirect. */
  credentials?: { readonly headers: readonly string[]; readonly query: readonly string[] };
  /** Names whose call this is, for `HttpClient.cancel`: costs nothing, unlike a signal for each call (2 µs). */
  owner?: string;
  /** On a new connection, so that it is never sent twice: one that was kept may close just as the request goes out. */
  freshConnection?: true;
  /** TLS and proxy of its own. Straight, and trusting the public authorities, unless given. */
  transport?: Transport;
  /** Aborting it ends the call as `canceled`. */
  signal?: AbortSignal;
}

/** Fractional milliseconds. The first two are 0 where a connection was reused; `totalMs` counts from `send` to the end. */
export interface Timings {
  dnsMs: number;
  /** TCP and TLS. */
  connectMs: number;
  /** From when the request was handed to the connection; 0: no byte came. */
  firstByteMs: number;
  totalMs: number;
}

/** What is known of every call, whatever came of it. Of redirects: times are added up, the address is the last one's. */
export interface Outcome {
  timings: Timings;
  remoteAddress: string | null;
  /** Sent a second time on a fresh socket, because a reused one was closed under it: the receiver may have seen it twice. */
  resent?: boolean;
}

export type HttpResult =
  | (Outcome & {
      kind: 'response';
      status: number;
      /** As received: order, case and repeats kept, also of a body that was decompressed. */
      headers: [string, string][];
      /** Decompressed; empty where it was stored. */
      body: Buffer;
      /** Decompressed. */
      bytes: number;
      /** It went to `overflow`; absent: it did not. */
      stored?: boolean;
    })
  | (Outcome & { kind: 'error'; error: RunError; status: number | null });
