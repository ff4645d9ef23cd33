import { HttpFailure, UNREACHED } from './http-failure.js';
import type { Timings } from './http-message.js';
import type { OutgoingRequest } from './request-rules.js';

/** What the call is busy with; decides what a deadline that passes is called. */
export type Phase = 'waiting' | 'dns' | 'connect' | 'exchange';

export interface CallLimits {
  totalMs: number;
  connectMs: number;
  /** Null: the total alone counts. */
  firstByteMs: number | null;
}

/** Made once: building an Error for every call that ends well took 7 % of the time of a call. */
const ENDED = new HttpFailure('canceled', 'The call has ended.');

const MORE_TIME = 'Give the step more time (timeoutMs), or ask its operator why it is slow.';

/** Node's timers fire at once beyond this. */
const MAX_TIMER_MS = 2_147_483_647;

/**
 * One call from start to end: its clock, its one deadline, what is known of it so far. Whatever it is busy with can be
 * stopped from here, so that nothing (a drip, a hang, an endless header) outlives the total time.
 */
export class Call {
  readonly timings: Timings = { dnsMs: 0, connectMs: 0, firstByteMs: 0, totalMs: 0 };
  status: number | null = null;
  /** A byte of an answer has come: from here on a broken connection is not the age of a kept socket. */
  answering = false;
  remoteAddress: string | null = null;
  /** The request went out a second time, on a fresh socket, because a reused one was closed under it. */
  resent = false;

  private readonly startedAt = performance.now();
  private readonly deadline: NodeJS.Timeout;
  private phase: Phase = 'waiting';
  private failure: HttpFailure | null = null;
  private stop: ((failure: HttpFailure) => void) | null = null;
  private readonly onAbort = (): void => this.fail(new HttpFailure('canceled', 'The call was canceled.'));

  constructor(
    readonly request: OutgoingRequest,
    readonly limits: CallLimits,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.deadline = setTimeout(() => this.fail(this.lateness()), Math.min(limits.totalMs, MAX_TIMER_MS));
    if (signal?.aborted) this.onAbort();
    else signal?.addEventListener('abort', this.onAbort, { once: true });
  }

  /** Whatever comes now comes too late. */
  get ended(): boolean {
    return this.failure !== null;
  }

  /**
   * Runs one phase. When the call must end earlier the promise rejects, and the phase's owner lets go of its sockets;
   * `start` is not called at all if the call has ended already.
   */
  during<T>(phase: Phase, start: (resolve: (value: T) => void, reject: (error: unknown) => void) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.failure) return reject(this.failure);
      this.phase = phase;
      this.stop = reject;
      start(resolve, reject);
    });
  }

  /** Ends the call now, whatever it is busy with; the first failure counts. */
  fail(failure: HttpFailure): void {
    if (this.failure) return;
    this.failure = failure;
    this.stop?.(failure);
  }

  /** To be called once, whatever came of it: stops the clock. */
  end(): void {
    clearTimeout(this.deadline);
    this.signal?.removeEventListener('abort', this.onAbort);
    this.stop = null;
    this.failure ??= ENDED;
    this.timings.totalMs = performance.now() - this.startedAt;
  }

  /** The failure of a deadline that passes now. */
  lateness(limitMs = this.limits.totalMs): HttpFailure {
    const { host, origin } = this.request.target;
    switch (this.phase) {
      case 'waiting':
        return new HttpFailure(
          'total_timeout',
          `No connection to ${origin} became free within ${limitMs} ms: too many calls to it are under way. Call it less often.`,
        );
      case 'dns':
        return new HttpFailure(
          'dns',
          `The name ${host} could not be looked up within ${limitMs} ms. Check the name servers of this machine.`,
        );
      case 'connect':
        return new HttpFailure(
          'connect_timeout',
          `${origin} did not accept a connection within ${limitMs} ms. ${UNREACHED}`,
        );
      case 'exchange':
        return new HttpFailure(
          'total_timeout',
          this.status === null
            ? `${origin} did not answer within ${limitMs} ms. ${MORE_TIME}`
            : `The answer of ${origin} (status ${this.status}) was not complete within ${limitMs} ms. ${MORE_TIME}`,
        );
    }
  }
}
