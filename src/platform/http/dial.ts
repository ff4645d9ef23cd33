import { connect, isIP, type Socket } from 'node:net';
import type { LookupAddress } from 'node:dns';
import { connect as startTls } from 'node:tls';
import type { Call } from './call.js';
import type { EgressGuard } from './egress-guard.js';
import { HttpFailure, connectFailure, tlsFailure } from './http-failure.js';
import type { Target } from './request-rules.js';

/**
 * Opens a connection for this call and checks whom it reached before a byte is sent: no TLS hello and no request goes
 * to an address the guard refuses. Rejects with an `HttpFailure`; no socket is left then.
 */
export async function dial(call: Call, guard: EgressGuard): Promise<Socket> {
  const { target } = call.request;
  const { connectMs, totalMs } = call.limits;
  const timer = connectMs < totalMs ? setTimeout(() => call.fail(call.lateness(connectMs)), connectMs) : undefined;
  try {
    const addresses = await addressesOf(target, call, guard);
    return await open(target, addresses, call, guard);
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

async function open(target: Target, addresses: LookupAddress[], call: Call, guard: EgressGuard): Promise<Socket> {
  const startedAt = performance.now();
  const socket = connectToOneOf(addresses, target);
  // Stays for the socket's life: an error nobody waits for must not end the process.
  socket.on('error', () => {});
  try {
    await call.during<void>('connect', (resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', (error) => reject(connectFailure(error, target.origin)));
    });
    const remote = socket.remoteAddress;
    const reason = remote === undefined ? null : guard.checkAddress(remote, target.port, target.host);
    if (reason !== null) throw new HttpFailure('blocked_address', reason);
    if (remote === undefined) throw connectFailure({ code: 'ECONNRESET' }, target.origin);
    call.remoteAddress = remote;
    const ready = target.secure ? await secure(socket, target, call) : socket;
    call.timings.connectMs = performance.now() - startedAt;
    return ready;
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

async function secure(socket: Socket, target: Target, call: Call): Promise<Socket> {
  const name = target.host.replace(/\.$/, '');
  const tls = startTls({
    socket,
    host: name,
    // No address in the server name (RFC 6066 3); the certificate is then checked against `host`.
    servername: isIP(name) ? '' : name,
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: true,
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
