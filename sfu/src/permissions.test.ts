import type { PermissionName } from '@harmonium/api/permissions';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CallBench, LOUNGE, SERVER, bits, voiceTicket, type Client } from './testing/call-bench.ts';

/* What people may do changes while they are in a call. */

let bench: CallBench;
let anna: Client;
let ben: Client;
beforeEach(async () => {
  bench = await CallBench.open();
  anna = await bench.join('anna');
  ben = await bench.join('ben');
});
afterEach(() => bench.close());

const ids = { userId: voiceTicket('anna').user.id, channelId: LOUNGE };

async function permit(...names: PermissionName[]): Promise<void> {
  await bench.calls.permit({ ...ids, permissions: bits(...names) });
}

/** What is sent, as the worker has it. */
const paused = () => [...bench.router.producers.values()].map((producer) => producer.paused);

test('who may not speak any more is not heard from then on, and everyone knows', async () => {
  const producerId = await anna.speak();
  await permit('VIEW_CHANNEL', 'CONNECT', 'STREAM');
  expect(anna.heard('permissions')).toEqual([{ canSpeak: false, canStream: true }]);
  expect(ben.heard('producerPaused')).toEqual([{ peerId: anna.peerId, producerId, paused: true }]);
  expect(ben.heard('peerState')).toEqual([{ peerId: anna.peerId, muted: true, deafened: false }]);
  expect(paused()).toEqual([true]);
  await anna.request('resumeProducer', { producerId });
  await anna.request('setState', { muted: false, deafened: false });
  expect(paused()).toEqual([true]);
  await permit('VIEW_CHANNEL', 'CONNECT', 'SPEAK');
  expect(anna.heard('permissions').at(-1)).toEqual({ canSpeak: true, canStream: false });
  expect(ben.heard('producerPaused').at(-1)).toMatchObject({ producerId, paused: false });
  expect(paused()).toEqual([false]);
});

test('who was muted stays muted when they may speak again', async () => {
  await anna.speak();
  await anna.request('setState', { muted: true, deafened: false });
  await permit('VIEW_CHANNEL', 'CONNECT');
  await permit('VIEW_CHANNEL', 'CONNECT', 'SPEAK');
  expect(paused()).toEqual([true]);
});

test('who comes to have the right may begin to speak', async () => {
  await permit('VIEW_CHANNEL', 'CONNECT');
  await expect(anna.speak()).rejects.toThrow('missing_permission');
  await permit('VIEW_CHANNEL', 'CONNECT', 'SPEAK');
  const { id } = await anna.request('createTransport', { direction: 'send' });
  await anna.produce(id, 'mic');
  expect(ben.heard('newProducer')).toHaveLength(1);
});

test.each([['VIEW_CHANNEL'], ['CONNECT']] as const)(
  'with only %s the call is over',
  async (bit) => {
    await permit(bit, 'SPEAK');
    await bench.told();
    expect(anna.ended).toBe('access_lost');
    expect(ben.heard('peerLeft')).toEqual([{ peerId: anna.peerId }]);
    expect(bench.rooms.of('voice.left')).toHaveLength(1);
  },
);

test('those concerned are found by server, channel and person', () => {
  const found = (reach: object) =>
    bench.calls.places({ serverId: SERVER, ...reach }).map(({ userId }) => userId);
  expect(found({})).toHaveLength(2);
  expect(found({ channelId: SERVER })).toEqual([]);
  expect(found({ userIds: [ids.userId] })).toEqual([ids.userId]);
  expect(bench.calls.places({ serverId: LOUNGE })).toEqual([]);
});

test('somebody who is in no call is passed over', async () => {
  await bench.calls.permit({ ...ids, userId: SERVER, permissions: null });
  expect(anna.ended).toBeUndefined();
});
