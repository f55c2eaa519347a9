import { isIP } from 'node:net';
import { expect, test } from 'vitest';
import { mediaAddresses, readAnnounced } from './media-addresses.ts';

test('what is given is announced, and listened for everywhere', () => {
  expect(readAnnounced('203.0.113.7')).toEqual([{ ip: '0.0.0.0', announced: '203.0.113.7' }]);
  expect(readAnnounced('chat.example.org')).toMatchObject([{ ip: '0.0.0.0' }]);
  expect(readAnnounced('2001:db8::7')).toEqual([{ ip: '::', announced: '2001:db8::7' }]);
});

test('both kinds of addresses may be given', () => {
  expect(readAnnounced('203.0.113.7, 2001:db8::7').map(({ ip }) => ip)).toEqual(['0.0.0.0', '::']);
});

test.each(['203.0.113.7,203.0.113.8', '203.0.113.7,', '::1,::2', '1.1.1.1,::1,::2'])(
  '%s is refused in words',
  (given) => {
    expect(() => readAnnounced(given)).toThrow('MEDIASOUP_ANNOUNCED_IP is one address');
  },
);

test('without any, each address of this machine is listened on, its own loopback first', async () => {
  const found = await mediaAddresses(undefined);
  expect(found[0]).toEqual({ ip: '127.0.0.1' });
  expect(found.every(({ ip, announced }) => isIP(ip) !== 0 && announced === undefined)).toBe(true);
});
