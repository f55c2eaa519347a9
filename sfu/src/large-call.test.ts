import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { VoicePacket } from './media.ts';
import { PEERS_PER_BRANCH } from './branches.ts';
import { CallBench, LOUNGE, SERVER, voiceTicket, type Client } from './testing/call-bench.ts';
import { CLIENT_CAPABILITIES, cameraParameters } from './testing/client-parameters.ts';
import type { FakeConsumer, FakeProducer, FakeRouter } from './testing/fake-media.ts';

/* A call of four is large here, and two voices are forwarded in it. */

const STAGE = { slots: 2, from: 4 };
const CUT_OVER_MS = 1_500;

let bench: CallBench;
let anna: Client;
let ben: Client;
let carla: Client;
const microphones = new Map<Client, string>();
let heardByBen: string;

beforeEach(async () => {
  vi.useFakeTimers({ now: 0 });
  bench = await CallBench.open(1, undefined, STAGE);
  [anna, ben, carla] = [
    await bench.join('anna'),
    await bench.join('ben'),
    await bench.join('carla'),
  ];
  for (const client of [anna, ben, carla]) microphones.set(client, await client.speak());
  heardByBen = (await ben.listen(microphones.get(anna) ?? '')).id;
});
afterEach(() => {
  bench.close();
  vi.useRealTimers();
});

const producer = (id: string): FakeProducer => {
  const found = bench.workers
    .flatMap(({ routers }) => routers)
    .find(({ producers }) => producers.has(id));
  const its = found?.producers.get(id);
  if (its === undefined) throw new Error(`No producer ${id}.`);
  return its;
};

let sequence = 0;
function packet(dBov: number): VoicePacket {
  sequence += 1;
  const timestamp = sequence * 960;
  return { sequence, timestamp, marker: false, dBov, payload: new Uint8Array([sequence & 0xff]) };
}

/** These say something for so long. */
async function speak(clients: Client[], milliseconds = 100, dBov = -25): Promise<void> {
  for (let at = 0; at < milliseconds; at += 20) {
    for (const client of clients) producer(microphones.get(client) ?? '').emit(packet(dBov));
    await vi.advanceTimersByTimeAsync(20);
  }
}

async function grow(): Promise<Client> {
  const dora = await bench.join('dora');
  microphones.set(dora, await dora.speak());
  await vi.advanceTimersByTimeAsync(CUT_OVER_MS);
  return dora;
}

/** Has somebody hear all slots. */
async function hearStage(client: Client): Promise<FakeConsumer[]> {
  const stage = client.heard('stageOpened')[0]?.stage ?? client.heard('welcome')[0]?.stage ?? [];
  await client.request('createTransport', { direction: 'recv' });
  const ids: string[] = [];
  for (const { producerId } of stage) {
    const asked = { producerId, rtpCapabilities: CLIENT_CAPABILITIES };
    const { id } = await client.request('consume', asked);
    await client.request('resumeConsumer', { consumerId: id });
    ids.push(id);
  }
  const all = bench.workers.flatMap(({ routers }) => routers).flatMap(({ consumers }) => consumers);
  return ids.map((id) => all.find((each) => each.id === id)).filter((each) => each !== undefined);
}

const payloads = ({ received }: FakeConsumer): number[] =>
  received.flatMap(({ payload }) => [...payload]);
const changes = (client: Client) => client.heard('stageChanged').map(({ peerId }) => peerId);

describe('a call that becomes large', () => {
  test('tells of its slots, and ends the microphones once there was time to consume them', async () => {
    await bench.join('dora');
    await vi.advanceTimersByTimeAsync(0);
    expect(anna.heard('stageOpened')[0]?.stage).toMatchObject([{ peerId: null }, { peerId: null }]);
    expect(ben.heard('producerClosed')).toEqual([]);
    expect(bench.router.consumers.filter(({ closed }) => closed)).toEqual([]);

    await vi.advanceTimersByTimeAsync(CUT_OVER_MS);
    expect(ben.heard('producerClosed')).toContainEqual({
      peerId: anna.peerId,
      producerId: microphones.get(anna),
    });
    expect(bench.router.consumers.find(({ id }) => id === heardByBen)?.closed).toBe(true);
    expect(await ben.refused('resumeConsumer', { consumerId: heardByBen })).toBe('not_found');
  });

  test('nothing is heard twice meanwhile, and what is said over the change goes on', async () => {
    const dora = await bench.join('dora');
    await vi.advanceTimersByTimeAsync(0);
    const [slot] = await hearStage(ben);
    await speak([anna], CUT_OVER_MS - 100);
    expect(slot?.received).toEqual([]);
    await speak([anna], 400);
    expect(slot?.received.length).toBeGreaterThan(10);
    expect(dora.ended).toBeUndefined();
  });

  test('who comes meanwhile hears and is heard at once, and the same for the others', async () => {
    const dora = await bench.join('dora');
    await vi.advanceTimersByTimeAsync(0);
    const doras = await dora.speak();
    expect(anna.heard('newProducer').map(({ producer: { id } }) => id)).toContain(doras);
    const emil = await bench.join('emil');
    const [welcome] = emil.heard('welcome');
    const offered = welcome?.peers.flatMap(({ producers }) => producers.map(({ id }) => id)) ?? [];
    const first = [anna, ben, carla].map((client) => microphones.get(client));
    expect(new Set(offered)).toEqual(new Set([...first, doras]));
    expect(welcome?.stage).toHaveLength(STAGE.slots);
    await emil.listen(doras);

    await vi.advanceTimersByTimeAsync(CUT_OVER_MS);
    const ended = emil.heard('producerClosed').map(({ producerId }) => producerId);
    expect(new Set(ended)).toEqual(new Set(offered));
  });

  test('of a crowd that comes meanwhile the last wait for the slots', async () => {
    await bench.join('dora');
    await vi.advanceTimersByTimeAsync(0);
    const crowd = ['emil', 'finn', 'gerd', 'hans', 'ines'];
    for (const name of crowd) await bench.join(name);
    const last = await bench.join('jana');
    expect(last.heard('welcome')[0]?.peers.flatMap(({ producers }) => producers)).toEqual([]);
    expect(last.heard('welcome')[0]?.stage).toHaveLength(STAGE.slots);
  });

  test('who joins is told of slots in place of microphones', async () => {
    await grow();
    await speak([anna]);
    const emil = await bench.join('emil');

    const [welcome] = emil.heard('welcome');
    expect(welcome?.peers.flatMap(({ producers }) => producers)).toEqual([]);
    expect(welcome?.stage).toMatchObject([{ peerId: anna.peerId }, { peerId: null }]);
  });

  test('microphones are told of no more, and cannot be consumed', async () => {
    await grow();
    const emil = await bench.join('emil');
    const producerId = await emil.speak();
    await emil.request('pauseProducer', { producerId });
    await emil.request('closeProducer', { producerId });

    expect(anna.heard('newProducer').map((each) => each.peerId)).not.toContain(emil.peerId);
    expect(anna.heard('producerPaused')).toEqual([]);
    expect(anna.heard('producerClosed').map((each) => each.producerId)).not.toContain(producerId);
    const asked = { producerId: microphones.get(anna), rtpCapabilities: CLIENT_CAPABILITIES };
    expect(await ben.refused('consume', asked)).toBe('not_found');
  });

  test('cameras go on as they were', async () => {
    await grow();
    const { id } = await carla.request('createTransport', { direction: 'send' });
    const camera = { transportId: id, kind: 'video', source: 'camera' };
    const data = { ...camera, rtpParameters: cameraParameters() };
    const { producerId } = await carla.request('produce', data);

    expect(anna.heard('newProducer').map((each) => each.producer.id)).toContain(producerId);
    expect((await anna.listen(producerId)).peerId).toBe(carla.peerId);
  });

  test('stays so when people leave', async () => {
    const dora = await grow();
    await dora.request('leave');
    await carla.request('leave');
    expect((await bench.join('emil')).heard('welcome')[0]?.stage).toHaveLength(2);
  });

  test('one that cannot have a stage goes on without', async () => {
    const router = bench.router;
    router.createVoice = () => Promise.reject(new Error('The worker says no.'));
    await grow();
    expect(bench.log.errors).toHaveLength(1);
    expect(anna.heard('stageOpened')).toEqual([]);
    expect(anna.heard('producerClosed')).toEqual([]);
  });
});

describe('who speaks in a large call', () => {
  let dora: Client;
  beforeEach(async () => {
    dora = await grow();
  });

  test('is heard from the first sound, also what was said before it was known', async () => {
    const [slot] = await hearStage(ben);
    await speak([anna], 100, -70);
    const first = sequence + 1;
    await speak([anna], 200);

    expect(slot && payloads(slot)).toContain(first & 0xff);
    const numbers = slot?.received.map((each) => each.sequence) ?? [];
    expect(numbers).toEqual(numbers.map((_, nth) => ((numbers[0] ?? 0) + nth) & 0xffff));
  });

  test('is told of before the first packet, to everyone', async () => {
    const [slot] = await hearStage(ben);
    const order: string[] = [];
    vi.spyOn(ben, 'send').mockImplementation((text) => {
      if (text.includes('stageChanged')) order.push('told');
    });
    if (slot) slot.received.push = (...packets) => order.push(...packets.map(() => 'packet'));
    await speak([anna]);
    expect(order.slice(0, 2)).toEqual(['told', 'packet']);
    expect(changes(dora)).toEqual([anna.peerId]);
  });

  test('does not hear themselves, and hears again who speaks after them', async () => {
    const [slot] = await hearStage(anna);
    await speak([anna]);
    expect(slot?.received).toEqual([]);
    expect(slot?.paused).toBe(true);

    await vi.advanceTimersByTimeAsync(2_000);
    expect(changes(anna)).toEqual([anna.peerId, null]);
    await speak([dora]);
    expect(slot?.received.length).toBeGreaterThan(0);
  });

  test('the two loudest are heard, the third is not', async () => {
    const slots = await hearStage(ben);
    await speak([anna, carla, dora], 500);
    expect(slots.map(({ received }) => received.length > 0)).toEqual([true, true]);
    expect(changes(ben)).toEqual([anna.peerId, carla.peerId]);
  });

  const WAYS: [string, () => unknown][] = [
    ['mutes', () => anna.request('setState', { muted: true, deafened: false })],
    ['is muted by a moderator', () => permit({ serverMuted: true })],
    ['may not speak any more', () => permit({ permissions: '1049600' })],
    [
      'pauses the microphone',
      () => anna.request('pauseProducer', { producerId: microphones.get(anna) }),
    ],
    [
      'closes the microphone',
      () => anna.request('closeProducer', { producerId: microphones.get(anna) }),
    ],
    ['leaves', () => anna.request('leave')],
    ['is taken out', () => bench.calls.disconnect({ userId: me.userId }, 'access_lost')],
  ];
  const me = { userId: voiceTicket('anna').user.id, channelId: LOUNGE };
  const permit = (how: object) =>
    bench.calls.permit({ ...me, permissions: voiceTicket('anna').permissions, ...how });

  test.each(WAYS)('who %s leaves the slot at once', async (_, act) => {
    const [slot] = await hearStage(ben);
    const microphone = producer(microphones.get(anna) ?? '');
    await speak([anna]);
    await act();
    expect(changes(ben)).toEqual([anna.peerId, null]);
    // Packets that were on their way.
    const before = slot?.received.length;
    for (const reader of microphone.readers)
      for (let nth = 0; nth < 9; nth += 1) reader(packet(-20));
    expect(slot?.received).toHaveLength(before ?? 0);
  });

  test('who unmutes is heard again', async () => {
    await anna.request('setState', { muted: true, deafened: false });
    await anna.request('setState', { muted: false, deafened: false });
    await speak([anna]);
    expect(changes(ben)).toEqual([anna.peerId]);
  });

  test('who is deafened hears no slot, until they are not', async () => {
    const [slot] = await hearStage(ben);
    await ben.request('setState', { muted: false, deafened: true });
    await speak([anna]);
    expect(slot?.received).toEqual([]);
    await ben.request('setState', { muted: false, deafened: false });
    await speak([anna]);
    expect(slot?.received.length).toBeGreaterThan(0);
  });

  test('rings light for those, too, who are not on the stage', async () => {
    await speak([anna, carla]);
    bench.router.hear({ [microphones.get(dora) ?? '']: -20 });
    expect(ben.levels.map((each) => each.peerId)).toContain(dora.peerId);
  });

  test('who comes back after a lost socket is told of the stage', async () => {
    await speak([anna]);
    ben.connection.end('lost');
    const back = await bench.resume(ben.heard('welcome')[0]?.resumeToken ?? '');
    const [resumed] = back.heard('resumed');
    expect(resumed?.stage).toMatchObject([{ peerId: anna.peerId }, { peerId: null }]);
    expect(resumed?.peers.flatMap(({ producers }) => producers)).toEqual([]);
    expect(resumed?.producers).toHaveLength(1);
  });

  test('is counted', async () => {
    await hearStage(ben);
    await speak([anna]);
    expect(bench.calls.media).toMatchObject({ speakers: 1, forwards: 2 });
  });
});

describe('a call on two workers', () => {
  const crowd: Client[] = [];
  let wide: CallBench;
  const branches = (): FakeRouter[] => wide.workers.flatMap(({ routers }) => routers);
  beforeEach(async () => {
    bench.close();
    wide = await CallBench.open(2, undefined, STAGE);
    bench = wide;
    crowd.length = 0;
    for (let nth = 0; nth < PEERS_PER_BRANCH + 2; nth += 1) crowd.push(await wide.join(name(nth)));
    await vi.advanceTimersByTimeAsync(CUT_OVER_MS);
  });
  const name = (nth: number): string => String.fromCodePoint(200 + nth);
  const last = (): Client => crowd.at(-1) ?? anna;
  const first = (): Client => crowd[0] ?? anna;

  test('the next ones are on the second when the first is full', async () => {
    expect(branches()).toHaveLength(2);
    await last().request('createTransport', { direction: 'recv' });
    expect(branches()[1]?.transports).toHaveLength(1);
  });

  test('people of one are heard on the other, by the same slot', async () => {
    microphones.set(first(), await first().speak());
    const [slot] = await hearStage(last());
    await speak([first()]);
    expect(slot?.received.length).toBeGreaterThan(0);
    expect(slot?.producerId).toBe(last().heard('welcome')[0]?.stage[0]?.producerId);

    microphones.set(last(), await last().speak());
    const [other] = await hearStage(first());
    await vi.advanceTimersByTimeAsync(2_000);
    await speak([last()]);
    expect(other?.received.length).toBeGreaterThan(0);
  });

  test('a camera is carried over once, and ends there, too', async () => {
    const { id } = await first().request('createTransport', { direction: 'send' });
    const camera = { transportId: id, kind: 'video', source: 'camera' };
    const data = { ...camera, rtpParameters: cameraParameters() };
    const { producerId } = await first().request('produce', data);
    await last().listen(producerId);
    await crowd.at(-2)?.listen(producerId);
    expect(branches()[1]?.brought).toBe(1);

    await first().request('closeProducer', { producerId });
    expect(branches()[1]?.producers.has(producerId)).toBe(false);
    expect(branches()[1]?.consumers.every(({ closed }) => closed)).toBe(true);
  });

  test('the death of one takes only those on it; they come back by the other', async () => {
    wide.workers[1]?.die();
    expect(crowd.filter(({ ended }) => ended === 'call_failed')).toHaveLength(2);
    expect(first().ended).toBeUndefined();
    const back = await wide.join(name(PEERS_PER_BRANCH));
    expect(back.heard('welcome')[0]?.peers).toHaveLength(PEERS_PER_BRANCH);
    expect((await hearStage(back)).length).toBe(2);
  });

  test('it counts on the worker that carries it, and is taken off when it ends', async () => {
    const slots = () => [wide.pool.leastBusy(() => true)?.index];
    // The second has its branch and two people, the first many more.
    expect(slots()).toEqual([1]);
    for (const client of crowd) await client.request('leave');
    expect(branches().every(({ closed }) => closed)).toBe(true);
    const [emil, other] = [await wide.join('emil'), await wide.join('fred', { channelId: SERVER })];
    expect([emil.ended, other.ended]).toEqual([undefined, undefined]);
    expect(
      wide.workers.map(({ routers }) => routers.filter(({ closed }) => !closed).length),
    ).toEqual([1, 1]);
  });
});
