import type { Socket } from 'node:net';
import { Client } from 'undici';
import type { Call } from './call.js';
import { dial } from './dial.js';
import type { EgressGuard } from './egress-guard.js';
import { HttpFailure, codeOf } from './http-failure.js';
import type { OutgoingRequest } from './request-rules.js';

export interface PoolLimits {
  /** Connections to one origin, those being opened included; further calls wait their turn. */
  perOrigin: number;
  /** Idle connections to all origins together; the longest idle goes first. Those in use are as many as the callers make. */
  idle: number;
  /**
   * How long an idle connection is kept, unless the server says less (`Keep-Alive: timeout`). Servers commonly close
   * after 5 s (Node, Apache): staying below means that a call seldom meets a socket being closed.
   */
  idleMs: number;
}

export const POOL_LIMITS: PoolLimits = { perOrigin: 256, idle: 512, idleMs: 4_000 };

const MAX_HEADER_BYTES = 65_536;
/** A server may offer to keep a connection open for longer than `idleMs`; beyond this we do not follow. */
const MAX_IDLE_MS = 30_000;

/** One socket with undici's HTTP/1.1 on it: one request at a time, never a second socket. */
export class Connection {
  readonly client: Client;
  /** Whether it has carried a whole exchange already: only then can a close under a request be a keep-alive race. */
  used = false;
  /** Whether reading waits for whoever takes the answer. */
  paused = false;
  /** Whether what comes next on it is the head of an answer. */
  awaiting = false;

  constructor(
    readonly origin: Origin,
    private readonly socket: Socket,
    readonly remoteAddress: string | null,
    idleMs: number,
    onClose: (connection: Connection) => void,
  ) {
    let taken = false;
    this.client = new Client(origin.url, {
      pipelining: 1,
      keepAliveTimeout: idleMs,
      keepAliveMaxTimeout: MAX_IDLE_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      // The call's own deadline rules: these would only end some of the phases.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (_options, callback) => {
        const gone = taken || socket.destroyed;
        taken = true;
        // Not at once: undici would not look at its queue again from within its own connect.
        queueMicrotask(() => (gone ? callback(new Error('The socket is gone.'), null) : callback(null, socket)));
      },
    });
    closeSafely(socket, this);
    passOverContinue(socket, this);
    socket.once('close', () => {
      this.destroy();
      onClose(this);
    });
  }

  get open(): boolean {
    return !this.socket.destroyed;
  }

  /** Whether another request may follow: a server that answered without reading the whole body may never read on. */
  get reusable(): boolean {
    return this.open && this.socket.writableLength === 0;
  }

  /** Ends what is under way on it. */
  destroy(): void {
    this.socket.destroy();
    if (!this.client.destroyed) this.client.destroy(null, () => {});
  }
}

/**
 * undici 7 ends the whole process when a socket closes while reading is paused, unless it closes with an error, and not
 * with a reset (nodejs/undici#5360, mended in undici 8): a receiver could do that to us at will.
 */
function closeSafely(socket: Socket, connection: Connection): void {
  const destroy = socket.destroy.bind(socket);
  socket.destroy = (error) =>
    destroy(connection.paused && codeOf(error) !== CLOSED_WHILE_PAUSED.code ? CLOSED_WHILE_PAUSED : error);
}

const CLOSED_WHILE_PAUSED = Object.assign(new Error('Closed while reading was paused.'), { code: 'HOOKLINE_PAUSED' });

const INTERIM = /^HTTP\/1\.[01] 1(\d\d)/;
const INTERIM_BYTES = 'HTTP/1.1 100'.length;

/**
 * A receiver may send `100 Continue` unasked (RFC 9110, 15.2), and some do, but undici ends the call then. It passes over
 * `102 Processing`, which says as little.
 */
function passOverContinue(socket: Socket, connection: Connection): void {
  const read = socket.read.bind(socket);
  socket.read = (size?: number): unknown => {
    const chunk: unknown = read(size);
    if (connection.awaiting && Buffer.isBuffer(chunk)) renameContinue(chunk);
    return chunk;
  };
}

/** Of the interim answers that the chunk begins with, each `100` becomes a `102`. */
function renameContinue(chunk: Buffer): void {
  for (let at = 0; ;) {
    const interim = INTERIM.exec(chunk.toString('latin1', at, at + INTERIM_BYTES));
    if (!interim) return;
    if (interim[1] === '00') chunk.write('2', at + INTERIM_BYTES - 1);
    const end = chunk.indexOf('\r\n\r\n', at);
    if (end < 0) return;
    at = end + 4;
  }
}

/** What is known of one scheme, host and port, and one transport to them; forgotten once it has no connection and nobody waits. */
interface Origin {
  key: string;
  url: string;
  open: number;
  idle: Connection[];
  waiting: Set<Waiter>;
}

interface Waiter {
  call: Call;
  /** With a connection, or with null: room for a new one, already counted. */
  go: (connection: Connection | null) => void;
}

/**
 * The sockets of all calls. undici's own Agent gives no say in which socket a request takes, nor when it opens one:
 * the guard, the deadline while connecting and the resend on a fresh socket need that, so that here each socket is a
 * `Client` of its own.
 */
export class ConnectionPool {
  private readonly origins = new Map<string, Origin>();
  private readonly idle = new Set<Connection>();
  private closed = false;

  constructor(
    private readonly guard: EgressGuard,
    private readonly limits: PoolLimits = POOL_LIMITS,
  ) {}

  /** A connection for this call alone, until `release`. Rejects with an `HttpFailure`. @param fresh never a used one */
  async take(call: Call, fresh: boolean): Promise<Connection> {
    if (this.closed) throw new HttpFailure('canceled', 'The HTTP client is closed: the program is stopping.');
    const origin = this.originOf(call.request);
    const connection = (fresh ? null : this.takeIdle(origin)) ?? (await this.newOrNext(origin, call, fresh));
    call.remoteAddress = connection.remoteAddress;
    return connection;
  }

  /** Gives the connection back; one that cannot carry another request is dropped. */
  release(connection: Connection): void {
    if (!connection.reusable || this.closed) return connection.destroy();
    connection.used = true;
    const { origin } = connection;
    const next = this.nextWaiter(origin);
    if (next) return next.go(connection);
    origin.idle.push(connection);
    this.idle.add(connection);
    if (this.idle.size > this.limits.idle) this.dropFirst(this.idle);
  }

  /** Closes the idle connections; the calls under way keep theirs until they end. */
  close(): void {
    this.closed = true;
    for (const connection of this.idle) connection.destroy();
  }

  private takeIdle(origin: Origin): Connection | null {
    for (let connection = origin.idle.pop(); connection; connection = origin.idle.pop()) {
      this.idle.delete(connection);
      if (connection.open) return connection;
    }
    return null;
  }

  private async newOrNext(origin: Origin, call: Call, fresh: boolean): Promise<Connection> {
    if (origin.open < this.limits.perOrigin) origin.open++;
    else if (this.dropFirst(origin.idle)) origin.open++;
    else {
      const connection = await this.turn(origin, call);
      if (connection && !(fresh && connection.used)) return connection;
      // Its place is taken over by the one opened below, before anybody who waits can have it.
      if (connection) {
        origin.open++;
        connection.destroy();
      }
    }
    try {
      const socket = await dial(call, this.guard);
      return new Connection(origin, socket, call.remoteAddress, this.limits.idleMs, (closed) => this.gone(closed));
    } catch (error) {
      this.freePlace(origin);
      throw error;
    }
  }

  private async turn(origin: Origin, call: Call): Promise<Connection | null> {
    let waiter: Waiter | undefined;
    try {
      return await call.during<Connection | null>('waiting', (resolve) => {
        waiter = { call, go: resolve };
        origin.waiting.add(waiter);
      });
    } finally {
      if (waiter) origin.waiting.delete(waiter);
    }
  }

  private nextWaiter(origin: Origin): Waiter | null {
    for (const waiter of origin.waiting) {
      origin.waiting.delete(waiter);
      // One that has just failed would let go of nothing it is given.
      if (!waiter.call.ended) return waiter;
    }
    return null;
  }

  private gone(connection: Connection): void {
    this.forgetIdle(connection);
    this.freePlace(connection.origin);
  }

  private freePlace(origin: Origin): void {
    const next = origin.open <= this.limits.perOrigin ? this.nextWaiter(origin) : null;
    if (next) return next.go(null);
    origin.open--;
    if (origin.open === 0) this.origins.delete(origin.key);
  }

  private dropFirst(idle: Iterable<Connection>): boolean {
    for (const connection of idle) {
      this.forgetIdle(connection);
      connection.destroy();
      return true;
    }
    return false;
  }

  private forgetIdle(connection: Connection): void {
    if (this.idle.delete(connection)) connection.origin.idle.splice(connection.origin.idle.indexOf(connection), 1);
  }

  private originOf({ target: { origin: url }, transport }: OutgoingRequest): Origin {
    const key = transport === null ? url : `${url} ${transport.key}`;
    let origin = this.origins.get(key);
    if (!origin) {
      origin = { key, url, open: 0, idle: [], waiting: new Set() };
      this.origins.set(key, origin);
    }
    return origin;
  }
}
