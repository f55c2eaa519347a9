import { expect, test } from 'vitest';
import { createNodeClient } from './client-node.ts';
import type { TrustedProxies } from './client-node.ts';

const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } });
const request = (headers: Record<string, string> = {}) =>
  new Request('http://inside:3000/api/config', { headers });
const address = (trustedProxies: TrustedProxies, peer: string, forwarded?: string) =>
  createNodeClient({ trustedProxies }).address(
    request(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }),
    from(peer),
  );

test('who comes by itself is known by its address, whatever it says', () => {
  expect(address('loopback', '203.0.113.7')).toBe('203.0.113.7');
  expect(address('loopback', '203.0.113.7', '198.51.100.1')).toBe('203.0.113.7');
  expect(address('loopback', '192.168.1.5', '198.51.100.1')).toBe('192.168.1.5');
  expect(address('none', '127.0.0.1', '198.51.100.1')).toBe('127.0.0.1');
});

test('behind a trusted proxy the address it wrote counts, not what the client wrote', () => {
  expect(address('loopback', '127.0.0.1', '198.51.100.1')).toBe('198.51.100.1');
  expect(address('loopback', '::1', '1.1.1.1, 198.51.100.1')).toBe('198.51.100.1');
  expect(address('private', '172.18.0.3', '1.1.1.1, 198.51.100.1, 10.0.0.2')).toBe('198.51.100.1');
  expect(address('loopback', '::ffff:127.0.0.1', '198.51.100.1')).toBe('198.51.100.1');
});

test('an address with its port is the address', () => {
  expect(address('loopback', '127.0.0.1', '1.1.1.1, 198.51.100.1:4711')).toBe('198.51.100.1');
  expect(address('loopback', '127.0.0.1', '[2001:db8:1:2::1]:4711')).toBe('2001:db8:1:2::/64');
});

test('nonsense from a proxy falls back to the proxy, never to what the client wrote', () => {
  expect(address('loopback', '127.0.0.1', '1.1.1.1, unknown')).toBe('127.0.0.1');
  expect(address('loopback', '127.0.0.1', '1.1.1.1,')).toBe('127.0.0.1');
  expect(address('loopback', '127.0.0.1', 'unknown, x')).toBe('127.0.0.1');
  expect(address('loopback', '127.0.0.1')).toBe('127.0.0.1');
});

test('all of an IPv6 household counts as one', () => {
  const one = address('loopback', '2001:db8:1:2::1');
  expect(address('loopback', '2001:db8:1:2:ffff:eeee:dddd:cccc')).toBe(one);
  expect(address('loopback', '2001:db8:1:3::1')).not.toBe(one);
  expect(address('loopback', 'fe80::1%eth0')).toBe('fe80:0:0:0::/64');
});

test('the origin is the one in the address bar', () => {
  const origin = (headers: Record<string, string>, peer: string, clientUrl?: string) =>
    createNodeClient({ trustedProxies: 'loopback', clientUrl }).origin(
      request(headers),
      from(peer),
    );
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'chat.example.org' };
  expect(origin({}, '203.0.113.7')).toBe('http://inside:3000');
  expect(origin(forwarded, '203.0.113.7')).toBe('http://inside:3000');
  expect(origin(forwarded, '127.0.0.1')).toBe('https://chat.example.org');
  expect(origin({ 'x-forwarded-host': 'a b' }, '127.0.0.1')).toBe('http://inside:3000');
  expect(origin(forwarded, '127.0.0.1', 'https://given.example')).toBe('https://given.example');
});
