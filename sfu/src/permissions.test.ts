import { ALL_PERMISSIONS, type PermissionName } from '@harmonium/api/permissions';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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
  expect(ben.heard('peerState')).toMatchObject([
    { peerId: anna.peerId, muted: true, deafened: false, serverMuted: false },
  ]);
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

describe('a moderator', () => {
  const all = String(ALL_PERMISSIONS);
  const make = (by: { serverMuted?: boolean; serverDeafened?: boolean }): Promise<void> =>
    bench.calls.permit({ ...ids, permissions: all, ...by });

  test('mutes somebody: they are not heard, whatever they do, until it is lifted', async () => {
    const producerId = await anna.speak();
    await make({ serverMuted: true });
    expect(anna.heard('serverMuted')).toEqual([{ muted: true, deafened: false }]);
    expect(anna.heard('permissions')).toEqual([]);
    expect(ben.heard('producerPaused')).toMatchObject([{ producerId, paused: true }]);
    expect(ben.heard('peerState').at(-1)).toMatchObject({ muted: true, serverMuted: true });

    await anna.request('setState', { muted: true, deafened: false });
    await anna.request('setState', { muted: false, deafened: false });
    await anna.request('resumeProducer', { producerId });
    expect(paused()).toEqual([true]);

    await make({});
    expect(anna.heard('serverMuted').at(-1)).toEqual({ muted: false, deafened: false });
    expect(paused()).toEqual([false]);
  });

  test('mutes what begins later, too, and the sound of a shared screen', async () => {
    await make({ serverMuted: true });
    const producerId = await anna.speak();
    expect(bench.router.producers.get(producerId)?.paused).toBe(true);
    const { id } = await anna.request('createTransport', { direction: 'send' });
    await anna.produce(id, 'screenAudio');
    expect(paused()).toEqual([true]);
  });

  test('deafens somebody: nothing is sent to them, whatever they do, until it is lifted', async () => {
    const consumer = await anna.listen(await ben.speak());
    const isSent = (): boolean => bench.router.consumers.every((each) => !each.paused);
    await anna.request('resumeConsumer', { consumerId: consumer.id });
    await make({ serverDeafened: true });
    expect(isSent()).toBe(false);
    await anna.request('resumeConsumer', { consumerId: consumer.id });
    await anna.request('setState', { muted: true, deafened: false });
    expect(isSent()).toBe(false);
    expect(ben.heard('peerState').at(-1)).toMatchObject({ deafened: true, serverDeafened: true });
    await make({});
    expect(isSent()).toBe(true);
  });

  test('whoever was muted is muted when they come again', async () => {
    const carla = await bench.join('carla', { serverMuted: true, serverDeafened: true });
    expect(carla.heard('welcome')).toMatchObject([{ serverMuted: true, serverDeafened: true }]);
    expect(anna.heard('peerJoined').at(-1)?.peer).toMatchObject({
      muted: true,
      deafened: true,
      serverMuted: true,
    });
    const producerId = await carla.speak();
    expect(bench.router.producers.get(producerId)?.paused).toBe(true);
  });
});

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
