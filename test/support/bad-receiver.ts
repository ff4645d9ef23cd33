import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { constants, deflateRawSync, gzipSync } from 'node:zlib';

/** One request as it came over the wire, byte for byte. */
export interface RawRequest {
  /** Request line and headers, without the empty line. */
  head: string;
  body: Buffer;
  /** From 1, over all connections. */
  number: number;
  /** From 1: which connection it came on. */
  connection: number;
}

/** What the receiver does with a request; nothing is answered by itself. */
export type Script = (request: RawRequest, socket: Socket) => void | Promise<void>;

export interface BadReceiver {
  /** `http://127.0.0.1:<port>`. */
  url: string;
  port: number;
  requests: RawRequest[];
  /** How many connections were opened so far. */
  connections(): number;
  /** How many bytes came in so far, requests or not. */
  bytes(): number;
  /** How many stand open now. */
  open(): number;
  /** Resolves once no connection is open. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface ReceiverOptions {
  host?: string;
  /** Any free one unless given. */
  port?: number;
  /** Called as soon as a connection stands, before any request. */
  onConnection?: (socket: Socket, connection: number) => void;
}

/** A server that can do to a client what HTTP forbids. */
export async function startBadReceiver(script: Script, options: ReceiverOptions = {}): Promise<BadReceiver> {
  const sockets = new Set<Socket>();
  const requests: RawRequest[] = [];
  let connections = 0;
  let bytes = 0;
  const server = createServer((socket) => {
    const connection = ++connections;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      server.emit('gone');
    });
    options.onConnection?.(socket, connection);
    let received: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      received = Buffer.concat([received, chunk]);
      for (let taken = takeRequest(received); taken; taken = takeRequest(received)) {
        received = taken.rest;
        const request = { ...taken.request, number: requests.length + 1, connection };
        requests.push(request);
        void script(request, socket);
      }
    });
  });
  server.listen(options.port ?? 0, options.host ?? '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    connections: () => connections,
    bytes: () => bytes,
    open: () => sockets.size,
    idle: () => untilEmpty(server, sockets),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await untilEmpty(server, sockets);
    },
  };
}

async function untilEmpty(server: Server, sockets: Set<Socket>): Promise<void> {
  while (sockets.size > 0) await once(server, 'gone');
}

function takeRequest(received: Buffer): { request: { head: string; body: Buffer }; rest: Buffer } | null {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = received.toString('latin1', 0, end);
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
  const start = end + 4;
  if (received.length < start + length) return null;
  return { request: { head, body: received.subarray(start, start + length) }, rest: received.subarray(start + length) };
}

/** Writes these bytes and leaves the connection open. */
export const answer =
  (...parts: (string | Buffer)[]): Script =>
  (_request, socket) => {
    for (const part of parts) socket.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : part);
  };

/** Writes these bytes, then ends the connection (FIN). */
export const answerAndEnd =
  (...parts: (string | Buffer)[]): Script =>
  (request, socket) => {
    void answer(...parts)(request, socket);
    socket.end();
  };

/** Writes these bytes, then resets the connection (RST). */
export const answerAndReset =
  (text: string): Script =>
  (_request, socket) => {
    if (text === '') socket.resetAndDestroy();
    else socket.write(text, () => setTimeout(() => socket.resetAndDestroy(), 20));
  };

/** A whole, decent answer. */
export const ok = (body: string | Buffer = 'ok', headers = ''): Script =>
  answer(`HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${headers}\r\n`, Buffer.from(body));

/** Takes the request and says nothing. */
export const hang: Script = () => {};

/** Writes `before` at once, then `piece` again and again until the connection closes. */
export const drip =
  (before: string, piece: string, everyMs: number): Script =>
  (_request, socket) => {
    socket.write(before, 'latin1');
    const timer = setInterval(() => socket.write(piece, 'latin1'), everyMs);
    socket.on('close', () => clearInterval(timer));
  };

/** Writes `before`, then `piece` for as long as the client takes it; `sent` says how many bytes went out. */
export function endless(before: string, piece: Buffer): { script: Script; sent: () => number } {
  let bytes = 0;
  const script: Script = (_request, socket) => {
    socket.write(before);
    const more = (): void => {
      while (!socket.destroyed) {
        bytes += piece.length;
        if (!socket.write(piece)) return;
      }
    };
    socket.on('drain', more);
    more();
  };
  return { script, sent: () => bytes };
}

/** 10 GiB of zeros in 10 MB of gzip, each mebibyte by itself; `sent` says how many compressed bytes were given away. */
export function gzipBomb(status = '200 OK'): { script: Script; sent: () => number } {
  let bytes = 0;
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
  const mebibyte = deflateRawSync(Buffer.alloc(1024 * 1024), { finishFlush: constants.Z_FULL_FLUSH });
  const script: Script = (_request, socket) => {
    socket.write(`HTTP/1.1 ${status}\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n`);
    socket.write(header);
    let left = 10 * 1024;
    const more = (): void => {
      while (left-- > 0 && !socket.destroyed) {
        bytes += mebibyte.length;
        if (!socket.write(mebibyte)) return;
      }
      socket.end();
    };
    socket.on('drain', more);
    more();
  };
  return { script, sent: () => bytes };
}

/** Half of a gzip stream under a content-length that fits: the connection is fine, the content is not. */
export function truncatedGzip(): Script {
  const whole = gzipSync(Buffer.from('x'.repeat(1_000) + Math.random()));
  const half = whole.subarray(0, whole.length >> 1);
  return answer(`HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${half.length}\r\n\r\n`, half);
}
