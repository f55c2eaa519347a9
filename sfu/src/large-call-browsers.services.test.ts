import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import { createSfu, type Sfu } from './server.ts';
import { RecordingLog, RecordingRooms, SECRET } from './testing/call-bench.ts';
import { freePort } from './testing/free-port.ts';
import { received, VoicePages } from './testing/voice-pages.ts';
import { workerBin } from './testing/worker-bin.ts';

/* Browsers in a call that is large from three people on, with two voices. */

const now = (): number => Date.now();
const tickets = createTicketKeys(SECRET, now);
const log = new RecordingLog();
let sfu: Sfu;
let pages: VoicePages;

beforeAll(async () => {
  sfu = await createSfu({
    workerBin: await workerBin(),
    announcedIp: '127.0.0.1',
    port: await freePort(),
    workers: 1,
    stage: { slots: 2, from: 3 },
    tickets,
    serviceTokens: createServiceTokens(SECRET, now),
    rooms: new RecordingRooms(),
    now,
    log,
  });
  pages = await VoicePages.open(sfu, tickets);
});
afterAll(async () => {
  await pages?.close();
  await sfu?.close();
});

test('a call grows large while they speak, and they go on hearing each other', async () => {
  const [anna, ben, carla] = [
    await pages.openPage(),
    await pages.openPage(),
    await pages.openPage(),
  ];
  await pages.enter(anna, 'anna');
  await pages.enter(ben, 'ben');
  await vi.waitFor(async () => expect((await received(ben)).energy).toBeGreaterThan(0), 15_000);
  await pages.enter(carla, 'carla');
  await vi.waitFor(async () => expect((await received(ben)).ended).toHaveLength(2), 10_000);

  for (const page of [anna, ben, carla]) {
    const before = await received(page);
    await vi.waitFor(async () => {
      const after = await received(page);
      expect(after.energy).toBeGreaterThan(before.energy);
      expect(after.packets).toBeGreaterThan(before.packets + 50);
    }, 15_000);
  }
  // Two slots for each of three; to those whose voice one carries it is paused.
  expect(sfu.stats()).toMatchObject({ consumers: 6, forwards: 4, speakers: 2 });

  await anna.evaluate('voice.speak(false)');
  await ben.evaluate('voice.speak(false)');
  // The third had no place while the two spoke.
  await vi.waitFor(() => expect(sfu.stats()).toMatchObject({ speakers: 1, forwards: 5 }), 10_000);
  const before = await received(anna);
  await vi.waitFor(async () => {
    expect((await received(anna)).energy).toBeGreaterThan(before.energy);
  }, 5_000);
  expect(log.errors).toEqual([]);
});
