import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { VOICE_SNAPSHOT_INTERVAL_MS } from '@harmonium/rooms/voice-state';
import type { Snowflake } from '@harmonium/api/ids';
import { CLIENT_DTLS, cameraParameters } from './testing/client-parameters.ts';
import { bits, CallBench, LOUNGE, voiceTicket, type Client } from './testing/call-bench.ts';

/* What people who only see the channel list are told. */

const ATTIC = '300' as Snowflake; // A literal snowflake.

let bench: CallBench;
let anna: Client;
beforeEach(async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 23) });
  bench = await CallBench.open();
  anna = await bench.join('anna');
  await vi.advanceTimersByTimeAsync(0);
});
afterEach(() => {
  bench.close();
  vi.useRealTimers();
});

const quiet = {
  channelId: LOUNGE,
  user: voiceTicket('anna').user,
  muted: false,
  deafened: false,
  speaking: false,
  since: '2026-11-23T00:00:00.000Z',
};

test('who joins', () => {
  expect(bench.rooms.told).toEqual([{ type: 'voice.joined', state: quiet }]);
});

test('who mutes, once things settle', async () => {
  await anna.request('setState', { muted: true, deafened: false });
  await anna.request('setState', { muted: true, deafened: true });
  expect(bench.rooms.of('voice.updated')).toEqual([]);

  await vi.advanceTimersByTimeAsync(150);
  expect(bench.rooms.of('voice.updated')).toEqual([
    { type: 'voice.updated', state: { ...quiet, muted: true, deafened: true } },
  ]);
});

test('whom a moderator muted, as that', async () => {
  const { channelId, user } = quiet;
  const permissions = bits('VIEW_CHANNEL', 'CONNECT', 'SPEAK');
  await bench.calls.permit({ channelId, userId: user.id, permissions, serverMuted: true });
  await vi.advanceTimersByTimeAsync(150);
  expect(bench.rooms.of('voice.updated').map(({ state }) => state)).toEqual([
    { ...quiet, muted: true, serverMuted: true },
  ]);
});

test('who shows a camera or shares a screen, for as long as they may', async () => {
  const { id: transportId } = await anna.request('createTransport', { direction: 'send' });
  await anna.request('connectTransport', { transportId, dtlsParameters: CLIENT_DTLS });
  const share = (source: string) =>
    anna.request('produce', {
      transportId,
      kind: 'video',
      source,
      rtpParameters: cameraParameters(),
    });
  const told = async () => {
    await vi.advanceTimersByTimeAsync(150);
    return bench.rooms.of('voice.updated').at(-1)?.state;
  };
  await share('camera');
  expect(await told()).toEqual({ ...quiet, video: true });
  const { producerId } = await share('screen');
  expect(await told()).toEqual({ ...quiet, video: true, screen: true });
  await anna.request('closeProducer', { producerId });
  expect(await told()).toEqual({ ...quiet, video: true });

  const { channelId, user } = quiet;
  const permissions = bits('VIEW_CHANNEL', 'CONNECT', 'SPEAK');
  await bench.calls.permit({ channelId, userId: user.id, permissions });
  expect(await told()).toEqual(quiet);
});

test('a change once, not again with the next one’s', async () => {
  const ben = await bench.join('ben');
  await anna.request('setState', { muted: true, deafened: false });
  await vi.advanceTimersByTimeAsync(150);
  await ben.request('setState', { muted: true, deafened: false });
  await vi.advanceTimersByTimeAsync(150);

  const told = bench.rooms.of('voice.updated').map(({ state }) => state.user.username);
  expect(told).toEqual(['anna', 'ben']);
});

test('everyone in the call again and again, so that a crash leaves no ghosts', async () => {
  await bench.join('ben');
  await vi.advanceTimersByTimeAsync(2 * VOICE_SNAPSHOT_INTERVAL_MS);

  const snapshots = bench.rooms.of('voice.snapshot');
  expect(snapshots).toHaveLength(2);
  expect(snapshots[0]?.states.map(({ user }) => user.username)).toEqual(['anna', 'ben']);
});

describe('who speaks', () => {
  test('is told to the channel list without waiting, and what follows as one', async () => {
    const ben = await bench.join('ben');
    const [annas, bens] = [await anna.speak(), await ben.speak()];
    const told = () => bench.rooms.of('voice.updated').length;
    bench.router.hear({ [annas]: -15 });
    await bench.told();
    expect(told()).toBe(1);
    bench.router.hear({ [annas]: -15, [bens]: -15 });
    await bench.told();
    expect(told()).toBe(1);
    await vi.advanceTimersByTimeAsync(150);
    expect(told()).toBe(2);
  });

  test('is told to the call at once, and to the channel list by its changes', async () => {
    const ben = await bench.join('ben');
    const producerId = await anna.speak();
    bench.router.hear({ [producerId]: -15 });
    expect(ben.levels).toEqual([{ peerId: anna.peerId, level: 1 }]);
    bench.router.hear({ [producerId]: -30 });
    bench.router.hear({ [producerId]: -15 });

    await vi.advanceTimersByTimeAsync(150);
    expect(bench.rooms.of('voice.updated').map(({ state }) => state.speaking)).toEqual([true]);

    bench.router.hear({});
    await vi.advanceTimersByTimeAsync(1_500);
    expect(ben.levels.at(-1)).toEqual({ peerId: anna.peerId, level: 0 });
    expect(bench.rooms.of('voice.updated').map(({ state }) => state.speaking)).toEqual([
      true,
      false,
    ]);
  });

  test('is told at the first sound, before any levels come', async () => {
    const producerId = await anna.speak();
    bench.router.startToHear(producerId, -20);
    expect(anna.levels).toMatchObject([{ peerId: anna.peerId }]);

    await vi.advanceTimersByTimeAsync(3_000);
    expect(anna.levels.at(-1)?.level).toBe(0);
    await anna.request('setState', { muted: true, deafened: false });
    bench.router.startToHear(producerId, -20);
    expect(anna.levels.at(-1)?.level).toBe(0);
  });

  test('falls silent also when no more levels come', async () => {
    const producerId = await anna.speak();
    bench.router.hear({ [producerId]: -15 });
    await vi.advanceTimersByTimeAsync(3_000);

    expect(anna.levels.at(-1)?.level).toBe(0);
  });

  test('is silent at once when muted', async () => {
    const producerId = await anna.speak();
    bench.router.hear({ [producerId]: -15 });
    await anna.request('setState', { muted: true, deafened: false });
    bench.router.hear({ [producerId]: -15 });

    expect(anna.levels.map(({ level }) => level)).toEqual([1, 0]);
  });

  test('the sound of a shared screen is no speech', async () => {
    const { id } = await anna.request('createTransport', { direction: 'send' });
    const producerId = await anna.produce(id, 'screenAudio');
    bench.router.hear({ [producerId]: -15 });

    expect(anna.levels).toEqual([]);
    expect(bench.router.listened).toEqual([]);
  });
});

describe('a room that cannot be reached', () => {
  test('holds up nobody, and is told everything in order when it is back', async () => {
    bench.rooms.down = true;
    const ben = await bench.join('ben');
    expect(await ben.request('ping')).toEqual({});
    await ben.request('leave');
    await bench.join('carla');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(bench.rooms.told).toHaveLength(1);

    bench.rooms.down = false;
    // The next snapshot would say the same.
    await vi.advanceTimersByTimeAsync(VOICE_SNAPSHOT_INTERVAL_MS - 2_100);
    expect(bench.rooms.told.slice(1).map(({ type }) => type)).toEqual([
      'voice.joined',
      'voice.left',
      'voice.joined',
    ]);
    expect(bench.log.warnings).toHaveLength(1);
  });

  test('a long time away costs one snapshot, not every event', async () => {
    bench.rooms.down = true;
    await bench.join('ben');
    await vi.advanceTimersByTimeAsync(500);
    for (let turn = 0; turn < 50; turn += 1) {
      await (await bench.join('carla')).request('leave');
    }
    await vi.advanceTimersByTimeAsync(5 * VOICE_SNAPSHOT_INTERVAL_MS);
    bench.rooms.down = false;
    await vi.advanceTimersByTimeAsync(6_000);

    expect(bench.rooms.told.length).toBeLessThan(10);
    const [last] = bench.rooms.of('voice.snapshot').slice(-1);
    expect(last?.states.map(({ user }) => user.username)).toEqual(['anna', 'ben']);
  });

  test('does not keep the process from ending', async () => {
    bench.rooms.down = true;
    bench.calls.close('going_away');
    const closing = bench.feed.close(1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    await closing;
  });
});

test('of a direct conversation its own room is told, which knows who takes part', async () => {
  const dora = await bench.join('dora', { channelId: ATTIC, serverId: null });
  await vi.advanceTimersByTimeAsync(0);
  expect(bench.rooms.places.at(-1)).toBe(`main/${ATTIC}`);
  expect(bench.rooms.told.at(-1)).toMatchObject({
    type: 'voice.joined',
    state: { channelId: ATTIC },
  });
  dora.connection.end('left');
  await vi.advanceTimersByTimeAsync(0);
  expect(bench.rooms.told.at(-1)).toMatchObject({ type: 'voice.left', channelId: ATTIC });
});
