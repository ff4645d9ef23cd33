import { connect, isIP, type Socket } from 'node:net';
import type { LookupAddress } from 'node:dns';
import { connect as startTls } from 'node:tls';
import type { Call } from './call.js';
import type { EgressGuard } from './egress-guard.js';
import { HttpFailure, connectFailure, tlsFailure } from './http-failure.js';
import { checkBehindProxy, openTunnel } from './proxy.js';
import type { Target } from './target.js';
import type { Transport } from './transport.js';

/**
 * Opens a connection for this call and checks whom it reached before a byte is sent: no TLS hello and no request goes
 * to an address the guard refuses. Rejects with an `HttpFailure`; no socket is left then.
 */
export async function dial(call: Call, guard: EgressGuard): Promise<Socket> {
  const { target, transport } = call.request;
  const proxy = transport?.proxy ?? null;
  const { connectMs, totalMs } = call.limits;
  const timer = connectMs < totalMs ? setTimeout(() => call.fail(call.lateness(connectMs)), connectMs) : undefined;
  try {
    if (proxy) await checkBehindProxy(target, call, guard);
    const first = proxy ?? target;
    return await open(first, await addressesOf(first, call, guard), call, guard);
  } finally {
    clearTimeout(timer);
  }
}

async function addressesOf(target: Target, call: Call, guard: EgressGuard): Promise<LookupAddress[]> {
  const { host, port } = target;
  const family = isIP(host);
  if (family !== 0) {
    const reason = guard.checkHost(host, port);
    if (reason !== null) throw new HttpFailure('blocked_address', reason);
    return [{ address: host, family }];
  }
  const startedAt = performance.now();
  const addresses = await call.during<LookupAddress[]>('dns', (resolve, reject) => {
    guard.lookup(host, port).then(resolve, reject);
  });
  call.timings.dnsMs = performance.now() - startedAt;
  return addresses;
}

/** @param first what is connected to: the proxy, where there is one */
async function open(first: Target, addresses: LookupAddress[], call: Call, guard: EgressGuard): Promise<Socket> {
  const startedAt = performance.now();
  const { target, transport } = call.request;
  const name = first === target ? target.origin : `The proxy ${first.origin}`;
  let socket = connectToOneOf(addresses, first);
  // Stays for the socket's life: an error nobody waits for must not end the process.
  socket.on('error', () => {});
  try {
    await call.during<void>('connect', (resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', (error) => reject(connectFailure(error, name)));
    });
    const remote = socket.remoteAddress;
    const reason = remote === undefined ? null : guard.checkAddress(remote, first.port, first.host);
    if (reason !== null) throw new HttpFailure('blocked_address', reason);
    if (remote === undefined) throw connectFailure({ code: 'ECONNRESET' }, name);
    call.remoteAddress = remote;
    if (first !== target) {
      if (first.secure) socket = await secure(socket, first, call, null);
      if (target.secure) await openTunnel(socket, target, first, call);
    }
    if (target.secure) socket = await secure(socket, target, call, transport);
    call.timings.connectMs = performance.now() - startedAt;
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** Tries the addresses as RFC 8305 (happy eyeballs) has it. Environment proxies play no part at this level. */
function connectToOneOf(addresses: LookupAddress[], { host, port }: Target): Socket {
  return connect({
    host,
    port,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
    autoSelectFamily: true,
    lookup: (_host, options, callback) => {
      if (options.all) callback(null, addresses);
      else callback(null, addresses[0].address, addresses[0].family);
    },
  });
}

async function secure(socket: Socket, target: Target, call: Call, transport: Transport | null): Promise<Socket> {
  const name = transport?.servername ?? target.host.replace(/\.$/, '');
  const tls = startTls({
    socket,
    host: name,
    // No address in the server name (RFC 6066 3); the certificate is then checked against `host`.
    servername: isIP(name) ? '' : name,
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: !transport?.skipsVerify,
    secureContext: transport?.secureContext,
  });
  tls.on('error', () => {});
  try {
    await call.during<void>('connect', (resolve, reject) => {
      tls.once('secureConnect', resolve);
      tls.once('error', (error) => reject(tlsFailure(error, target.origin)));
      tls.once('close', () => reject(tlsFailure({ code: 'ECONNRESET' }, target.origin)));
    });
    return tls;
  } catch (error) {
    tls.destroy();
    throw error;
  }
}
