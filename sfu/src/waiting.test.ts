import { TICKET_TTL_S } from '@harmonium/api/ticket';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { REQUESTS } from '../contract/request.ts';
import { WAIT_AT_MOST_MS } from '../contract/waiting.ts';
import { CallBench, LOUNGE, SERVER, voiceTicket, type Client } from './testing/call-bench.ts';
import { CLIENT_DTLS } from './testing/client-parameters.ts';

/* Somebody makes ready to join, and joins, or does not. */

let bench: CallBench;
let anna: Client;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  bench = await CallBench.open();
  anna = await bench.join('anna');
});
afterEach(() => {
  bench.close();
  vi.useRealTimers();
});

test('nobody knows of who waits, and who waits knows nobody', async () => {
  const ben = await bench.wait('ben');
  await anna.speak();
  await bench.told();

  expect(ben.frames.map(({ method }) => method)).toEqual(['waiting']);
  expect(ben.heard('waiting')).toMatchObject([{ iceServers: [] }]);
  expect(anna.heard('peerJoined')).toEqual([]);
  expect(bench.rooms.of('voice.joined')).toHaveLength(1);
  expect(bench.calls.peerCount).toBe(1);
  expect(bench.calls.places({ serverId: SERVER })).toHaveLength(1);
});

test('entering is the join, with all that was made ready', async () => {
  const ben = await bench.wait('ben');
  const { id } = await ben.request('createTransport', { direction: 'send' });
  await ben.request('connectTransport', { transportId: id, dtlsParameters: CLIENT_DTLS });
  await ben.request('enter');

  // The call is told before the request is answered, and before anything else of the call.
  expect(ben.frames.slice(-2)).toMatchObject([{ method: 'entered' }, { ok: true }]);
  const [entered] = ben.heard('entered');
  expect(entered?.peers.map((peer) => peer.id)).toEqual([anna.peerId]);
  expect(anna.heard('peerJoined')).toMatchObject([{ peer: { id: entered?.peerId } }]);
  expect(bench.calls.peerCount).toBe(2);
  await ben.produce(id, 'mic');
  expect(anna.heard('newProducer')).toHaveLength(1);
  ben.connection.end('lost');
  expect((await bench.resume(entered?.resumeToken ?? '')).heard('resumed')).toHaveLength(1);
});

test('only then an older connection of the same user is replaced', async () => {
  const young = await bench.wait('anna');
  expect(anna.ended).toBeUndefined();
  await young.request('enter');
  expect(anna.ended).toBe('replaced');
  expect(bench.calls.peerCount).toBe(1);
});

test.each(
  Object.keys(REQUESTS).filter(
    (method) => !['createTransport', 'connectTransport', 'enter', 'leave', 'ping'].includes(method),
  ),
)('%s is for those who are in the call', async (method) => {
  const ben = await bench.wait('ben');
  expect(await ben.refused(method)).toBe('invalid');
});

test('who is in the call does not enter it again', async () => {
  expect(await anna.refused('enter')).toBe('invalid');
  const ben = await bench.wait('ben');
  await ben.request('enter');
  expect(await ben.refused('enter')).toBe('invalid');
});

describe('what came between', () => {
  test('a revoked ticket opens nothing any more', async () => {
    const ben = await bench.wait('ben');
    bench.revocations.add(({ channelId }) => channelId === LOUNGE);
    ben.connection.receive(JSON.stringify({ id: 1, method: 'enter' }));
    await ben.connection.idle();
    expect(ben.ended).toBe('bad_ticket');
    expect(ben.heard('entered')).toEqual([]);
    expect(bench.calls.peerCount).toBe(1);
  });

  test('nor does one that is too old by now', async () => {
    const { tickets } = bench;
    const old = (await tickets.issue(voiceTicket('ben'), TICKET_TTL_S)).ticket;
    const ben = bench.connect(
      old,
      {
        ...tickets,
        verify: async (text) => {
          const claims = await tickets.verify(text);
          return claims && { ...claims, issuedAt: claims.issuedAt - TICKET_TTL_S - 5 };
        },
      },
      true,
    );
    await ben.connection.idle();
    ben.connection.receive(JSON.stringify({ id: 1, method: 'enter' }));
    await ben.connection.idle();
    expect(ben.ended).toBe('bad_ticket');
  });
});

test.each(['left', 'lost'] as const)('a socket that is %s leaves nothing behind', async (end) => {
  const ben = await bench.wait('ben');
  await ben.request('createTransport', { direction: 'recv' });
  ben.connection.end(end);
  expect(ben.ended).toBe('left');
  expect([...bench.router.transports].every((transport) => transport.closed)).toBe(true);
  expect(anna.heard('peerLeft')).toEqual([]);
  expect(bench.rooms.of('voice.left')).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('who waits keeps a call open, but not for ever', async () => {
  const ben = await bench.wait('ben');
  await anna.request('leave');
  expect(bench.calls.callCount).toBe(1);
  await vi.advanceTimersByTimeAsync(WAIT_AT_MOST_MS);
  expect(ben.ended).toBe('timed_out');
  expect(bench.calls.callCount).toBe(0);
});

test('a user waits at two calls at most', async () => {
  const channels = ['301', '302', '303'] as (typeof LOUNGE)[]; // Literal snowflakes.
  const waiting: Client[] = [];
  for (const channelId of channels) waiting.push(await bench.wait('ben', { channelId }));
  expect(waiting.map(({ ended }) => ended)).toEqual(['timed_out', undefined, undefined]);
  expect(bench.calls.callCount).toBe(3);
});

test('the end of the worker ends the waiting', async () => {
  const ben = await bench.wait('ben');
  bench.workers[0]?.die();
  expect(ben.ended).toBe('call_failed');
});

test('so does the end of the node', async () => {
  const ben = await bench.wait('ben');
  bench.calls.close('going_away');
  expect(ben.ended).toBe('going_away');
});
