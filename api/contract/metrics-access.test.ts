import { expect, test } from 'vitest';
import { mayReadMetrics } from './metrics-access.ts';

const TOKEN = 'a token of enough letters';
const from = (
  remoteAddress: string | undefined,
  headers: Record<string, string | undefined> = {},
) => ({
  headers,
  socket: { remoteAddress },
});

test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.0.9'])(
  'without a token, %s may look',
  (address) => expect(mayReadMetrics(from(address))).toBe(true),
);

test.each(['169.254.1.1', 'fd00::5', 'fe80::1%eth0'])('so may %s', (address) =>
  expect(mayReadMetrics(from(address))).toBe(true),
);

test.each(['203.0.113.9', '172.32.0.1', '11.0.0.1', '2001:db8::1', '::ffff:203.0.113.9', 'fd', ''])(
  'without a token, %s may not',
  (address) => expect(mayReadMetrics(from(address))).toBe(false),
);

test('a line that was cut has no address, and no metrics', () => {
  expect(mayReadMetrics(from(undefined))).toBe(false);
});

test.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'cf-connecting-ip', 'via'])(
  'whoever comes by a proxy (%s) is not who is next door',
  (header) => expect(mayReadMetrics(from('127.0.0.1', { [header]: '10.0.0.1' }))).toBe(false),
);

test('with a token, its holder may look from wherever', () => {
  const headers = { authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '203.0.113.9' };
  expect(mayReadMetrics(from('203.0.113.9', headers), TOKEN)).toBe(true);
});

test.each([undefined, '', 'Bearer ', `Bearer ${TOKEN}!`, `Bearer ${TOKEN.slice(1)}`, TOKEN])(
  'with a token, %s is not it, not even on this machine',
  (authorization) => {
    const request = from('127.0.0.1', authorization === undefined ? {} : { authorization });
    expect(mayReadMetrics(request, TOKEN)).toBe(false);
  },
);
