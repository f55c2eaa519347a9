import { BlockList, isIP, isIPv6 } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { ClientFacts } from '../deps.ts';

/** Whose word on where a request came from is believed. */
export type TrustedProxies = 'none' | 'loopback' | 'private';

export interface NodeClientOptions {
  trustedProxies: TrustedProxies;
  /** Where the app is reached, when the request cannot say. */
  clientUrl?: string;
}

/**
 * Clients of a Node server, behind proxies or not. X-Forwarded-* count only when the peer is a
 * trusted proxy: anyone can send them. Of X-Forwarded-For the youngest entry counts that no trusted
 * proxy wrote about another one; what stands before it is the client's own word.
 */
export function createNodeClient({ trustedProxies, clientUrl }: NodeClientOptions): ClientFacts {
  const trusted = proxies(trustedProxies);
  const isTrusted = (address: string) =>
    isIP(address) !== 0 && trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

  return {
    address(request, bindings) {
      const peer = peerOf(bindings);
      if (!isTrusted(peer)) return network(peer);
      const forwarded = request.headers.get('x-forwarded-for') ?? '';
      const hops = forwarded.split(',').map((hop) => plain(withoutPort(hop.trim())));
      const client = hops.findLast((hop) => !isTrusted(hop)) ?? hops.at(-1) ?? '';
      // Nonsense in its place ends the search: further left anything may stand.
      return network(isIP(client) === 0 ? peer : client);
    },
    origin(request, bindings) {
      if (clientUrl !== undefined) return clientUrl;
      const { protocol, host } = new URL(request.url);
      if (!isTrusted(peerOf(bindings))) return `${protocol}//${host}`;
      const isSecure = request.headers.get('x-forwarded-proto') === 'https';
      const asked = request.headers.get('x-forwarded-host') ?? host;
      return originOr(`${isSecure ? 'https:' : protocol}//${asked}`, `${protocol}//${host}`);
    },
  };
}

function originOr(text: string, fallback: string): string {
  return URL.canParse(text) ? new URL(text).origin : fallback;
}

function peerOf(bindings: unknown): string {
  // The bindings of @hono/node-server; requests made in tests have none.
  const { incoming } = bindings as Partial<HttpBindings>;
  return plain(incoming?.socket.remoteAddress ?? '');
}

/** Some proxies write `198.51.100.1:4711` or `[2001:db8::1]:4711`. */
function withoutPort(hop: string): string {
  return hop.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1');
}

/** An IPv4 address that came in over an IPv6 socket is the IPv4 address. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

/** One household has a whole /64 of IPv6 to come from, and counts as one. */
function network(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const groups = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - last.length);
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...last];
  const prefix = all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${prefix.join(':')}::/64`;
}

function proxies(trustedProxies: TrustedProxies): BlockList {
  const list = new BlockList();
  if (trustedProxies === 'none') return list;
  list.addSubnet('127.0.0.0', 8, 'ipv4');
  list.addAddress('::1', 'ipv6');
  if (trustedProxies === 'loopback') return list;
  list.addSubnet('10.0.0.0', 8, 'ipv4');
  list.addSubnet('172.16.0.0', 12, 'ipv4');
  list.addSubnet('192.168.0.0', 16, 'ipv4');
  list.addSubnet('fc00::', 7, 'ipv6');
  list.addSubnet('fe80::', 10, 'ipv6');
  return list;
}
