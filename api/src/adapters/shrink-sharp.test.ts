import sharp from 'sharp';
import { expect, test } from 'vitest';
import { createSharpShrink } from './shrink-sharp.ts';

const shrink = createSharpShrink();
const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'teal' } });

test('a large picture becomes a small WebP without metadata', async () => {
  const taken = plain(2000, 1000).withExif({ IFD0: { Make: 'A camera' } });
  const small = await shrink(new Uint8Array(await taken.jpeg().toBuffer()));
  expect(small).toMatchObject({ width: 800, height: 400 });
  const facts = await sharp(small?.bytes).metadata();
  expect(facts).toMatchObject({ format: 'webp', width: 800, height: 400 });
  expect(facts.exif).toBe(undefined);
});

test('a small one stays as small as it is', async () => {
  const small = await shrink(new Uint8Array(await plain(40, 30).png().toBuffer()));
  expect(small).toMatchObject({ width: 40, height: 30 });
});

test('one of too many pixels is refused before it is decoded', async () => {
  const bomb = new Uint8Array(await plain(10_000, 10_000).png({ compressionLevel: 9 }).toBuffer());
  expect(bomb.byteLength).toBeLessThan(500_000);
  const from = performance.now();
  expect(await shrink(bomb)).toBe(undefined);
  expect(performance.now() - from).toBeLessThan(500);
});

test.each(['<svg xmlns="http://www.w3.org/2000/svg"/>', '%PDF-1.4', '', 'GIF89a'])(
  'what is no picture is none: %s',
  async (text) => {
    expect(await shrink(new TextEncoder().encode(text))).toBe(undefined);
  },
);
