import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { received, VoicePages } from './testing/voice-pages.ts';

/* Browsers in a call that is large from three people on, with two voices. */

/** A busy machine is late by itself. */
const SOON = { timeout: 30_000, interval: 100 };

let pages: VoicePages;

beforeAll(async () => {
  pages = await VoicePages.open({ stage: { slots: 2, from: 3 } });
});
afterAll(() => pages?.close());

test('a call grows large while they speak, and they go on hearing each other', async () => {
  const [anna, ben, carla] = [
    await pages.openPage(),
    await pages.openPage(),
    await pages.openPage(),
  ];
  await pages.enter(anna, 'anna');
  await pages.enter(ben, 'ben');
  await vi.waitFor(async () => expect((await received(ben)).energy).toBeGreaterThan(0), SOON);
  await pages.enter(carla, 'carla');
  // Hers ends as well where it began before the slots did.
  await vi.waitFor(
    async () => expect((await received(ben)).ended.length).toBeGreaterThanOrEqual(2),
    SOON,
  );

  for (const page of [anna, ben, carla]) {
    const before = await received(page);
    await vi.waitFor(async () => {
      const after = await received(page);
      expect(after.energy).toBeGreaterThan(before.energy);
      expect(after.packets).toBeGreaterThan(before.packets + 50);
    }, SOON);
  }
  // Two slots for each of three; to those whose voice one carries it is paused.
  await vi.waitFor(
    () => expect(pages.sfu.stats()).toMatchObject({ consumers: 6, forwards: 4, speakers: 2 }),
    SOON,
  );

  await anna.evaluate('voice.speak(false)');
  await ben.evaluate('voice.speak(false)');
  // The third had no place while the two spoke.
  await vi.waitFor(
    () => expect(pages.sfu.stats()).toMatchObject({ speakers: 1, forwards: 5 }),
    SOON,
  );
  const before = await received(anna);
  await vi.waitFor(async () => {
    expect((await received(anna)).energy).toBeGreaterThan(before.energy);
  }, SOON);
  expect(pages.log.errors).toEqual([]);
});
