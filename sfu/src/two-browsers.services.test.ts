import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { received, VoicePages } from './testing/voice-pages.ts';

/*
 * The one test that shakes hands with a browser: a worker whose DTLS is broken passes every other.
 */

/** A busy machine is late by itself. */
const SOON = { timeout: 30_000, interval: 100 };

let pages: VoicePages;

beforeAll(async () => {
  pages = await VoicePages.open();
});
afterAll(() => pages?.close());

test('two people hear each other, and their rings light', async () => {
  const anna = await pages.openPage();
  const ben = await pages.openPage();
  const started = Date.now();
  const annaId = await pages.enter(anna, 'anna');
  const benId = await pages.enter(ben, 'ben');

  await vi.waitFor(async () => {
    for (const page of [anna, ben]) {
      const { packets, energy } = await received(page);
      expect(packets).toBeGreaterThan(20);
      expect(energy).toBeGreaterThan(0);
    }
  }, SOON);
  process.stdout.write(`both hear each other after ${Date.now() - started} ms\n`);

  const before = await received(ben);
  await vi.waitFor(async () => {
    const after = await received(ben);
    expect(after.energy).toBeGreaterThan(before.energy);
    for (const id of [annaId, benId]) {
      expect(after.speaking.some(({ peerId, level }) => peerId === id && level > 0.5)).toBe(true);
    }
  }, SOON);
  await vi.waitFor(() => {
    const speaking = pages.rooms.of('voice.updated').filter(({ state }) => state.speaking);
    expect(new Set(speaking.map(({ state }) => state.user.username))).toEqual(
      new Set(['anna', 'ben']),
    );
  }, SOON);
  expect(pages.log.errors).toEqual([]);
});

test('a ring lights within a blink of the first sound', async () => {
  const anna = await pages.openPage();
  const ben = await pages.openPage();
  const annaId = await pages.enter(anna, 'anna');
  await pages.enter(ben, 'ben');
  const rings = async (): Promise<{ level: number; at: number }[]> =>
    (await received(ben)).speaking.filter(({ peerId }) => peerId === annaId);
  const delays: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    await anna.evaluate('voice.speak(false)');
    // Long enough for what was said before to die away, and for Opus to stop sending.
    await anna.waitForTimeout(1_000);
    await vi.waitFor(async () => expect((await rings()).at(-1)?.level ?? 0).toBe(0), SOON);
    const before = (await rings()).length;
    const started = await anna.evaluate<number>('voice.speak(true)');
    await vi.waitFor(async () => expect((await rings()).length).toBeGreaterThan(before), SOON);
    delays.push(((await rings())[before]?.at ?? Infinity) - started);
  }
  process.stdout.write(`rings after ${delays.join(', ')} ms\n`);
  // By the levels alone it is never under 200 ms.
  expect(delays.toSorted((a, b) => a - b)[1]).toBeLessThan(150);
});

test('where UDP is blocked, TCP carries the call', async () => {
  const anna = await pages.openPage();
  const ben = await pages.openPage();
  await pages.enter(anna, 'anna', { protocol: 'tcp' });
  await pages.enter(ben, 'ben');

  await vi.waitFor(async () => {
    for (const page of [anna, ben]) expect((await received(page)).energy).toBeGreaterThan(0);
  }, SOON);
});

test('when the worker dies, both are told, and can come back', async () => {
  const page = await pages.openPage();
  await pages.enter(page, 'carla');
  const [pid] = pages.sfu.stats().workerPids;
  process.kill(pid ?? 0, 'SIGKILL');
  await vi.waitFor(async () => expect((await received(page)).closed).toBe(4014), SOON);

  await vi.waitFor(() => expect(pages.sfu.stats().workers).toBe(1), SOON);
  const again = await pages.openPage();
  const other = await pages.openPage();
  await pages.enter(again, 'carla');
  await pages.enter(other, 'dora');
  await vi.waitFor(async () => expect((await received(again)).packets).toBeGreaterThan(20), SOON);
});
