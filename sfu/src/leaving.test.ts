import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PeerEnd } from './peer.ts';
import { CallBench, LOUNGE, SERVER, voiceTicket, type Client } from './testing/call-bench.ts';

let bench: CallBench;
let anna: Client;
let ben: Client;
beforeEach(async () => {
  bench = await CallBench.open();
  anna = await bench.join('anna');
  ben = await bench.join('ben');
});
afterEach(() => {
  bench.close();
  vi.useRealTimers();
});

const place = { userId: voiceTicket('anna').user.id, channelId: LOUNGE };

const disconnect = (filter: object, end: PeerEnd = 'access_lost'): void =>
  bench.calls.disconnect({ userId: place.userId, ...filter }, end);

const WAYS: [string, () => unknown, PeerEnd][] = [
  ['leave', () => anna.request('leave'), 'left'],
  ['a closed page', () => anna.connection.end('left'), 'left'],
  ['a moderator', () => disconnect({ channelId: LOUNGE }, 'disconnected'), 'disconnected'],
  ['a move', () => bench.calls.move({ ...place, to: SERVER }), 'moved'],
  ['a kick from the server', () => disconnect({ serverId: SERVER }), 'access_lost'],
  ['a lost channel', () => disconnect({ channelId: LOUNGE }), 'access_lost'],
  ['a log-out', () => disconnect({ sessionId: voiceTicket('anna').sessionId }), 'access_lost'],
  ['flooding', () => flood(anna), 'flooding'],
  ['a bad frame', () => anna.connection.receive('no json'), 'bad_frame'],
];

describe.each(WAYS)('%s', (_, leave, end) => {
  test('ends the peer, tells the others and the room', async () => {
    await anna.speak();
    const transports = [...bench.router.transports];
    await leave();
    await bench.told();

    expect(anna.ended).toBe(end);
    expect(ben.heard('peerLeft')).toEqual([{ peerId: anna.peerId }]);
    expect(transports.every((transport) => transport.closed)).toBe(true);
    expect(bench.calls.peerCount).toBe(1);
    expect(bench.rooms.of('voice.left')).toEqual([
      { type: 'voice.left', channelId: LOUNGE, userId: voiceTicket('anna').user.id },
    ]);
  });
});

test('who is moved is told where to', () => {
  expect(bench.calls.move({ ...place, to: SERVER })).toBe(true);
  expect(anna.heard('moved')).toEqual([{ channelId: SERVER }]);
  expect(bench.calls.move({ ...place, to: SERVER })).toBe(false);
});

test('what does not match stays', () => {
  disconnect({ channelId: SERVER });
  disconnect({ sessionId: voiceTicket('ben').sessionId });

  expect(anna.ended).toBeUndefined();
});

test('the last one to leave ends the call', async () => {
  const { router } = bench;
  await anna.request('leave');
  await ben.request('leave');

  expect(bench.calls.callCount).toBe(0);
  expect(router.closed).toBe(true);
});

test('a closed node tells everyone to go elsewhere', async () => {
  bench.calls.close('going_away');
  await bench.told();

  for (const client of [anna, ben]) {
    expect(client.ended).toBe('going_away');
    expect(client.heard('nodeClosing')).toHaveLength(1);
  }
  expect(bench.rooms.of('voice.left')).toHaveLength(2);
});

describe('a worker that dies', () => {
  test('ends its calls, and no others', async () => {
    const wide = await CallBench.open(2);
    const carla = await wide.join('carla');
    const dora = await wide.join('dora', { channelId: SERVER });
    wide.workers[0]?.die();
    await wide.told();

    expect(carla.ended).toBe('call_failed');
    expect(dora.ended).toBeUndefined();
    expect(wide.rooms.of('voice.left')).toMatchObject([{ channelId: LOUNGE }]);
    wide.close();
  });

  test('is started again, and carries calls again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    bench.workers[0]?.die();
    expect(anna.ended).toBe('call_failed');
    expect((await bench.join('carla')).ended).toBe('call_failed');
    expect(bench.restarts).toBe(0);

    await vi.advanceTimersByTimeAsync(200);

    expect(bench.restarts).toBe(1);

    const dora = await bench.join('dora');
    expect(dora.ended).toBeUndefined();
    expect(bench.workers).toHaveLength(2);
  });
});

function flood(client: Client): void {
  for (let id = 0; id <= 2_000; id += 1) {
    client.connection.receive(JSON.stringify({ id, method: 'ping' }));
  }
}
