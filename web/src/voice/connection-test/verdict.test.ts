import { describe, expect, test } from 'vitest';
import type { Legs } from './legs.ts';
import { VERDICTS, verdictOf } from './verdict.ts';
import type { Verdict } from './verdict.ts';

const WELL: Legs = {
  microphone: 'ok',
  ticket: 'ok',
  socket: 'ok',
  udp: 'ok',
  tcp: 'ok',
  relay: 'ok',
  quality: { roundTripMs: 24, loss: 0, jitterMs: 2 },
  clock: 0,
};

test('where every leg is well, calls work', () => {
  expect(verdictOf(WELL)).toBe('well');
  expect(verdictOf({ ...WELL, relay: 'none' })).toBe('well');
});

describe('one leg that fails is named', () => {
  test.each<[Verdict, Partial<Legs>]>([
    ['offline', { ticket: 'unreachable' }],
    ['often', { ticket: 'often' }],
    ['noVoice', { ticket: 'unavailable' }],
    ['noSockets', { socket: 'closed' }],
    ['socketRefused', { socket: 'refused' }],
    ['clocksApart', { socket: 'expired' }],
    ['noWorker', { socket: 'failed' }],
    ['noMicrophone', { microphone: 'blocked' }],
    ['noMicrophone', { microphone: 'none' }],
    ['silent', { microphone: 'silent' }],
    ['onlyTcp', { udp: 'blocked' }],
    ['tcpBlocked', { tcp: 'blocked' }],
    ['turnBroken', { relay: 'unreachable' }],
    ['turnBroken', { relay: 'denied' }],
    ['slow', { quality: { roundTripMs: 420, loss: 0, jitterMs: 2 } }],
    ['lossy', { quality: { roundTripMs: 20, loss: 0.08, jitterMs: 2 } }],
    ['uneven', { quality: { roundTripMs: 20, loss: 0, jitterMs: 90 } }],
    ['clockOff', { clock: -3600 }],
  ])('%s', (verdict, changes) => {
    expect(verdictOf({ ...WELL, ...changes })).toBe(verdict);
  });
});

describe('where neither UDP nor TCP gets through', () => {
  test.each<[Verdict, Legs['relay']]>([
    ['onlyRelay', 'ok'],
    ['noWayNoTurn', 'none'],
    ['noWayTurnDown', 'unreachable'],
    ['noWayTurnDown', 'denied'],
    ['noWay', 'blocked'],
  ])('%s, as TURN is %s', (verdict, relay) => {
    expect(verdictOf({ ...WELL, udp: 'blocked', tcp: 'blocked', relay })).toBe(verdict);
  });
});

describe('of several troubles', () => {
  test('that which keeps one out of the call is told first', () => {
    expect(verdictOf({ microphone: 'blocked', ticket: 'unreachable' })).toBe('offline');
    const shut: Legs = { ...WELL, udp: 'blocked', tcp: 'blocked', relay: 'none' };
    expect(verdictOf({ ...shut, microphone: 'none', clock: 600 })).toBe('noWayNoTurn');
  });

  test('what is only felt comes after what others do not hear at all', () => {
    const quality = { roundTripMs: 900, loss: 0.2, jitterMs: 90 };
    expect(verdictOf({ ...WELL, quality, microphone: 'busy' })).toBe('noMicrophone');
    expect(VERDICTS[verdictOf({ ...WELL, quality })]).toBe('warn');
  });
});
