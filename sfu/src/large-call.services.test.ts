import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Snowflake } from '@harmonium/api/ids';
import type { Answers } from '../contract/request.ts';
import { startMediasoupWorker } from './mediasoup.ts';
import { CallBench, type Client } from './testing/call-bench.ts';
import { CLIENT_CAPABILITIES } from './testing/client-parameters.ts';
import { freePort } from './testing/free-port.ts';
import { Listener, Speaker, useBareTransports, type Heard } from './testing/plain-voice.ts';
import { workerBin } from './testing/worker-bin.ts';

/* Three hundred people in one call, on two workers. Eight have something to say. */

const PEOPLE = 300;
const SPEAKERS = 8;
const SLOTS = 3;
const PACKET_MS = 20;
const LOUD = -20;
const SOFT = -40;

let bench: CallBench;
const clients: Client[] = [];
const speakers: Speaker[] = [];
/** The last of each worker, and the first speaker. */
const ears: { client: Client; listener: Listener }[] = [];
let clock = 0;

beforeAll(async () => {
  useBareTransports();
  const bin = await workerBin();
  bench = await CallBench.open(2, async () =>
    startMediasoupWorker({
      workerBin: bin,
      addresses: [{ ip: '127.0.0.1' }],
      port: await freePort(),
    }),
  );
  for (let nth = 0; nth < PEOPLE; nth += 1) clients.push(await join(nth));
  for (const [nth, client] of clients.slice(0, SPEAKERS).entries()) {
    speakers.push(await giveMicrophone(client, new Speaker(nth)));
  }
  for (const client of clients) await hearStage(client);
  // The microphones of who came while the call was small have ended.
  await sleep(2_000);
}, 240_000);
afterAll(() => {
  for (const speaker of speakers) speaker.close();
  for (const { listener } of ears) listener.close();
  bench.close();
});

async function join(nth: number): Promise<Client> {
  const id = String(10_000 + nth) as Snowflake; // A literal snowflake.
  return bench.join('someone', { user: { id, username: `user${nth}`, avatar: null } });
}

function portOf({ iceParameters }: Answers['createTransport']): number {
  return Number(iceParameters['port']);
}

async function giveMicrophone(client: Client, speaker: Speaker): Promise<Speaker> {
  const transport = await client.request('createTransport', { direction: 'send' });
  const { rtpParameters } = speaker;
  const microphone = { transportId: transport.id, kind: 'audio', source: 'mic', rtpParameters };
  await client.request('produce', microphone);
  speaker.to(portOf(transport));
  return speaker;
}

async function hearStage(client: Client): Promise<void> {
  const transport = await client.request('createTransport', { direction: 'recv' });
  const [slots] = [client.heard('stageOpened')[0], client.heard('welcome')[0]].flatMap((each) =>
    each === undefined || each.stage.length === 0 ? [] : [each.stage],
  );
  for (const { producerId } of slots ?? []) {
    const asked = { producerId, rtpCapabilities: CLIENT_CAPABILITIES };
    const { id } = await client.request('consume', asked);
    await client.request('resumeConsumer', { consumerId: id });
  }
  // Only some have ears: who has not costs the workers as much but the sending.
  if (client !== clients[0] && client !== clients.at(-1) && client !== clients.at(-2)) return;
  const listener = new Listener();
  await listener.open(portOf(transport));
  ears.push({ client, listener });
}

/** These speak at their loudness for so long, all others are silent. */
async function speak(loud: Record<number, number>, milliseconds: number): Promise<void> {
  const start = performance.now();
  for (let at = 0; at < milliseconds; at += PACKET_MS) {
    clock += 1;
    for (const [nth, dBov] of Object.entries(loud)) speakers[Number(nth)]?.say(dBov, clock);
    await sleep(Math.max(0, start + at + PACKET_MS - performance.now()));
  }
}

async function silence(milliseconds = 2_500): Promise<void> {
  clock += milliseconds / PACKET_MS;
  await sleep(milliseconds);
  for (const { listener } of ears) listener.heard.length = 0;
}

const others = (): Listener[] => ears.slice(1).map(({ listener }) => listener);
const speakersOf = (heard: Heard[]): number[] =>
  [...new Set(heard.map(({ speaker }) => speaker))].sort((a, b) => a - b);

/** Gaps and repetitions in what came by each slot, and clocks that went back. */
function breaks(heard: Heard[]): number {
  const last = new Map<number, Heard>();
  let count = 0;
  for (const packet of heard) {
    const before = last.get(packet.ssrc);
    if (before && ((packet.sequence - before.sequence) & 0xffff) !== 1) count += 1;
    if (before && (packet.timestamp - before.timestamp) >>> 0 > 0x7fff_ffff) count += 1;
    last.set(packet.ssrc, packet);
  }
  return count;
}

test('everyone consumes three voices and nothing more, on both workers', () => {
  expect(bench.calls.media).toMatchObject({
    producers: SPEAKERS,
    consumers: SLOTS * PEOPLE,
    forwards: SLOTS * PEOPLE,
  });
  expect(ears).toHaveLength(3);
  expect(bench.log.errors).toEqual([]);
});

test('who speaks is heard from the first packet on, whichever worker one is on', async () => {
  await silence();
  const first = speakers[0]?.said;
  await speak({ 0: LOUD }, 600);
  await sleep(200);

  for (const { heard } of others()) {
    expect(speakersOf(heard)).toEqual([0]);
    expect(heard[0]?.nth).toBe(first);
    expect(heard.length).toBe(30);
    expect(breaks(heard)).toBe(0);
  }
  expect(ears[0]?.listener.heard).toEqual([]);
});

test('of eight who speak at once the three loudest are heard', async () => {
  await silence();
  const soft = { 1: SOFT, 2: SOFT, 4: SOFT, 6: SOFT, 7: SOFT };
  await speak(soft, 300);
  await speak({ ...soft, 0: LOUD, 3: LOUD, 5: LOUD }, 2_000);
  for (const { listener } of ears) listener.heard.length = 0;
  await speak({ ...soft, 0: LOUD, 3: LOUD, 5: LOUD }, 1_000);

  for (const { heard } of others()) expect(speakersOf(heard)).toEqual([0, 3, 5]);
  // Nobody hears themselves.
  expect(speakersOf(ears[0]?.listener.heard ?? [])).toEqual([3, 5]);
});

test('a talk that goes from one to the next is one unbroken stream', async () => {
  await silence();
  const before = bench.calls.media.consumers;
  for (let turn = 0; turn < 12; turn += 1) {
    await speak({ [turn % SPEAKERS]: LOUD }, 400);
    clock += 10;
    await sleep(200);
  }
  for (const { heard } of others()) {
    expect(speakersOf(heard)).toHaveLength(SPEAKERS);
    expect(breaks(heard)).toBe(0);
    expect(heard.length).toBe(12 * 20);
  }
  expect(bench.calls.media.consumers).toBe(before);
  expect(clients.at(-1)?.heard('newProducer')).toEqual([]);
  expect(bench.log.errors).toEqual([]);
});

test('three voices cost this process little, however many hear them', async () => {
  await silence();
  const cpu = process.cpuUsage();
  const start = performance.now();
  await speak({ 0: LOUD, 3: LOUD, 5: LOUD }, 2_000);
  const used = process.cpuUsage(cpu);
  const share = (used.user + used.system) / 1000 / (performance.now() - start);
  process.stdout.write(
    `three voices for ${PEOPLE}: ${(100 * share).toFixed(0)} % of a core here\n`,
  );
  expect(share).toBeLessThan(0.6);
});

test('the death of a worker takes those it served, and the others go on', async () => {
  await silence();
  const [, pid] = bench.pool.pids();
  process.kill(pid ?? 0, 'SIGKILL');
  const lost = (): Client[] => clients.filter(({ ended }) => ended === 'call_failed');
  await vi.waitFor(() => expect(lost().length).toBeGreaterThan(PEOPLE / 3), 10_000);
  expect(lost().length).toBeLessThan((PEOPLE * 2) / 3);
  expect(bench.calls.peerCount).toBe(PEOPLE - lost().length);

  await speak({ 3: LOUD }, 600);
  await sleep(200);
  const heard = ears.map(({ client, listener }) => [client.ended, listener.heard.length]);
  // The one that spoke first, and one of the two last.
  expect(heard.filter(([ended]) => ended === undefined).map(([, packets]) => packets)).toEqual([
    30, 30,
  ]);
  const back = await join(PEOPLE - 1);
  expect(back.heard('welcome')[0]?.stage).toHaveLength(SLOTS);
});
