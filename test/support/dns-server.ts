import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import packet, { type Packet, type StringAnswer } from 'dns-packet';
import { EgressGuard, type Resolve } from '../../src/platform/http/egress-guard.js';
import type { TestApp } from './app.js';

/** A name server of our own on the loopback: what it says holds for no longer than the one question (TTL 0). */
export interface DnsServer {
  /** How often a name was asked for, by the name. */
  asked: Map<string, number>;
  /** Looks names up here, as the guard does in the system. */
  resolve: Resolve;
  close(): Promise<void>;
}

/** @param answers all addresses of a name, the given time (from 1) that it is asked for; null: there is no such name */
export async function startDnsServer(answers: (name: string, time: number) => string[] | null): Promise<DnsServer> {
  const asked = new Map<string, number>();
  const socket = createSocket('udp4');
  /** A and AAAA of one look-up are two questions with one answer. */
  const current = new Map<string, string[] | null>();
  socket.on('message', (message, { address, port }) => {
    const { id, questions = [] } = packet.decode(message);
    const [{ name, type }] = questions;
    const all = current.get(name) ?? null;
    const own = (all ?? []).filter((each) => isIPv6(each) === (type === 'AAAA'));
    const reply: Packet = {
      type: 'response',
      id,
      flags: packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | (all === null ? 3 : 0),
      questions,
      answers: own.map((data): StringAnswer => ({ type: type as 'A' | 'AAAA', name, ttl: 0, data })),
    };
    socket.send(packet.encode(reply), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const resolver = new Resolver({ timeout: 2_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  return {
    asked,
    resolve: async (host) => {
      const time = (asked.get(host) ?? 0) + 1;
      asked.set(host, time);
      current.set(host, answers(host, time));
      const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
      const addresses = found.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
      if (addresses.length === 0) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
      return addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
    },
    close: async () => {
      resolver.cancel();
      socket.close();
      await once(socket, 'close');
    },
  };
}

/** From here on the program looks names up there. */
export function lookUpAt(app: TestApp, server: DnsServer): void {
  Object.assign(app.program.app.get(EgressGuard, { strict: false }), { resolve: server.resolve });
}
