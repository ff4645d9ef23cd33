import { isIP, type Socket } from 'node:net';
import type { Call } from './call.js';
import type { EgressGuard } from './egress-guard.js';
import { HttpFailure, connectFailure } from './http-failure.js';
import type { Target } from './target.js';

const MAX_ANSWER_BYTES = 16_384;

/**
 * Whether a proxy may be asked for this target. The proxy looks the name up by itself, so that this is what can be known
 * here: literal addresses, and names that this machine knows too, are judged as without a proxy; of others the proxy
 * must judge. (Its own address is judged like that of any receiver: nobody reaches a private proxy unless allowed.)
 */
export async function checkBehindProxy({ host, port }: Target, call: Call, guard: EgressGuard): Promise<void> {
  const reason = guard.checkHost(host, port);
  if (reason !== null) throw new HttpFailure('blocked_address', reason);
  if (isIP(host) !== 0) return;
  await call
    .during<unknown>('dns', (resolve, reject) => void guard.lookup(host, port).then(resolve, reject))
    .catch((error: unknown) => {
      if (call.ended || !(error instanceof HttpFailure) || error.code !== 'dns') throw error;
    });
}

/** Asks the proxy for a tunnel (RFC 9110, 9.3.6); what is written to the socket from then on reaches the target. */
export async function openTunnel(socket: Socket, target: Target, proxy: Target, call: Call): Promise<void> {
  const authority = `${isIP(target.host) === 6 ? `[${target.host}]` : target.host}:${target.port}`;
  const authorization = call.request.transport?.proxyAuthorization;
  const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`];
  if (authorization) lines.push(`Proxy-Authorization: ${authorization}`);
  const answered = call.during<string>('connect', (resolve, reject) => {
    let received = Buffer.alloc(0);
    const closed = (error?: Error) => reject(lost(proxy, error));
    socket.once('close', closed).once('error', closed);
    socket.on('data', function read(chunk: Buffer) {
      received = Buffer.concat([received, chunk]);
      const end = received.indexOf('\r\n\r\n');
      if (end < 0 && received.length <= MAX_ANSWER_BYTES) return;
      socket.off('data', read).off('close', closed).off('error', closed).pause();
      // Nobody may speak in the tunnel before we do: what came behind the answer is no part of it.
      if (end < 0 || end + 4 < received.length) return reject(refused(proxy, 'its answer is not valid HTTP'));
      resolve(received.toString('latin1', 0, end));
    });
  });
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const status = /^HTTP\/1\.[01] (\d{3})(?: |\r|$)/.exec(await answered)?.[1];
  if (status?.startsWith('2')) return;
  if (status === '407') {
    const message = `The proxy ${proxy.origin} asks for a sign-in (407). Check the proxy's user name and password in the connection.`;
    throw new HttpFailure('auth', message);
  }
  throw refused(proxy, status === undefined ? 'its answer is not valid HTTP' : `it answered ${status}`);
}

const refused = (proxy: Target, why: string): HttpFailure =>
  new HttpFailure(
    'connect_refused',
    `The proxy ${proxy.origin} opened no way to the receiver: ${why}. Ask its operator, or check the proxy in the connection.`,
  );

const lost = (proxy: Target, error?: Error): HttpFailure =>
  error ? connectFailure(error, `The proxy ${proxy.origin}`) : refused(proxy, 'it closed the connection');
