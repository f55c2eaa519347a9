import * as fc from 'fast-check';
import { SignJWT, base64url } from 'jose';
import { expect, test } from 'vitest';
import { Snowflake } from './ids.ts';
import { createServiceTokens } from './service-token.ts';
import { createTicketKeys } from './ticket.ts';
import type { Ticket } from './ticket.ts';

const SECRET = 'sixteen characters or more';
const START = Date.UTC(2026, 0, 1);
const id = (text: string) => Snowflake.parse(text);
const user = { id: id('7'), username: 'ada', avatar: null };
const ticket: Ticket = {
  kind: 'channel',
  channelId: id('1'),
  serverId: id('2'),
  permissions: '96',
  slowmode: 0,
  user,
  sessionId: id('9'),
};

let now = START;
const keys = createTicketKeys(SECRET, () => now);

test('a ticket says what was put in, and when it was issued', async () => {
  now = START;
  const issued = await keys.issue(ticket, 60);
  expect(issued.expiresAt).toBe('2026-01-01T00:01:00.000Z');
  expect(await keys.verify(issued.ticket)).toEqual({ ...ticket, issuedAt: START / 1000 });
});

test('a ticket ends to the second', async () => {
  now = START;
  const issued = await keys.issue(ticket, 60);
  now = START + 59_000;
  expect(await keys.verify(issued.ticket)).toBeDefined();
  now = START + 60_000;
  expect(await keys.verify(issued.ticket)).toBeUndefined();
  now = START;
});

test('a ticket altered anywhere is void', async () => {
  const issued = (await keys.issue(ticket, 60)).ticket;
  const position = fc.integer({ min: 0, max: issued.length - 1 });
  await fc.assert(
    fc.asyncProperty(position, fc.constantFrom('A', 'z', '0', '_', '.'), async (at, letter) => {
      const altered = issued.slice(0, at) + letter + issued.slice(at + 1);
      const isSame = sameBytes(altered, issued);
      expect((await keys.verify(altered)) === undefined).toBe(!isSame);
    }),
    { numRuns: 500 },
  );
});

/** The last letter of a base64 text has bits that mean nothing. */
function sameBytes(a: string, b: string): boolean {
  const decode = (text: string) => text.split('.').map((part) => base64url.decode(part).join());
  try {
    return decode(a).join('|') === decode(b).join('|') && a.slice(0, -1) === b.slice(0, -1);
  } catch {
    return false;
  }
}

test('tickets of another secret, unsigned ones and other tokens of ours are void', async () => {
  const foreign = await createTicketKeys('another secret of length', () => now).issue(ticket, 60);
  expect(await keys.verify(foreign.ticket)).toBeUndefined();

  const [, payload = ''] = (await keys.issue(ticket, 60)).ticket.split('.');
  const none = base64url.encode(JSON.stringify({ alg: 'none' }));
  expect(await keys.verify(`${none}.${payload}.`)).toBeUndefined();

  const service = await createServiceTokens(SECRET, () => now).issue('api', 'rooms');
  expect(await keys.verify(service)).toBeUndefined();
  for (const text of ['', '.', '..', 'x', 'a.b.c']) {
    expect(await keys.verify(text)).toBeUndefined();
  }
});

test('a signed text that is no ticket is void', async () => {
  const key = new TextEncoder().encode(SECRET);
  const sign = (claims: Record<string, unknown>, audience = 'ticket') =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('harmonium')
      .setAudience(audience)
      .setIssuedAt(START / 1000)
      .setExpirationTime(START / 1000 + 60)
      .sign(key);
  now = START;
  expect(await keys.verify(await sign({ ticket }))).toBeDefined();
  expect(await keys.verify(await sign({ ticket }, 'access'))).toBeUndefined();
  expect(await keys.verify(await sign({ ticket: { ...ticket, kind: 'admin' } }))).toBeUndefined();
  expect(
    await keys.verify(await sign({ ticket: { ...ticket, permissions: '-1' } })),
  ).toBeUndefined();
  expect(await keys.verify(await sign({}))).toBeUndefined();
});

test('a service token opens what it was made for, for a minute', async () => {
  now = START;
  const tokens = createServiceTokens(SECRET, () => now);
  const token = await tokens.issue('sfu', 'rooms');
  expect(await tokens.verify(token, 'rooms')).toBe('sfu');
  expect(await tokens.verify(token, 'api')).toBeUndefined();
  expect(
    await createServiceTokens('another secret', () => now).verify(token, 'rooms'),
  ).toBeUndefined();
  now = START + 60_000;
  expect(await tokens.verify(token, 'rooms')).toBeUndefined();
});

test('a file may be put in a message for a day, by a ticket that opens nothing else', async () => {
  const attachment = { id: id('5'), name: 'song.mp3', size: 3, type: 'audio/mpeg' };
  const file = { channelId: id('1'), userId: user.id, attachment };
  now = START;
  const issued = await keys.issueAttachment(file);
  expect(await keys.verifyAttachment(issued)).toEqual(file);
  expect(await keys.verify(issued)).toBeUndefined();
  expect(await keys.verifyAttachment((await keys.issue(ticket, 60)).ticket)).toBeUndefined();
  now = START + 24 * 60 * 60 * 1000;
  expect(await keys.verifyAttachment(issued)).toBeUndefined();
  now = START;
});
