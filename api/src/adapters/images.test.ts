import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { describe, expect, it, test } from 'vitest';
import { createEdgeImages } from './images-edge.ts';
import { createSharpImages } from './images-sharp.ts';

type Bytes = Uint8Array<ArrayBuffer>;
const bytes = async (image: Sharp): Promise<Bytes> => new Uint8Array(await image.toBuffer());
const plain = (width: number, height: number, alpha = false) =>
  sharp({
    create: {
      width,
      height,
      channels: alpha ? 4 : 3,
      background: { r: 200, g: 100, b: 50, alpha: 0.5 },
    },
  });
const noise = (size: number) =>
  sharp({
    create: {
      width: size,
      height: size,
      channels: 3,
      background: 'black',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  });

describe('on Node', () => {
  const images = createSharpImages();

  it.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)('takes %s', async (format) => {
    const made = await images.square(await bytes(plain(500, 300).toFormat(format)));
    const facts = await sharp(made as Bytes).metadata();
    expect(facts).toMatchObject({ format: 'webp', width: 256, height: 256 });
  });

  it('cuts a square out of the middle', async () => {
    const left = { input: await plain(100, 100).png().toBuffer(), left: 0, top: 0 };
    const wide = sharp({ create: { width: 400, height: 100, channels: 3, background: 'blue' } });
    const made = await images.square(await bytes(wide.composite([left]).png()));
    const { dominant } = await sharp(made as Bytes).stats();
    expect(dominant.b).toBeGreaterThan(200);
  });

  it('makes a small picture as large as the others', async () => {
    const made = await images.square(await bytes(plain(16, 16).png()));
    expect(await sharp(made as Bytes).metadata()).toMatchObject({ width: 256, height: 256 });
  });

  it('keeps nothing of where and with what it was taken, and turns it upright', async () => {
    const taken = plain(300, 200)
      .withMetadata({ orientation: 6 })
      .withExif({
        IFD0: { Make: 'A camera', Copyright: 'Somebody' },
        IFD3: { GPSLatitude: '51/1 30/1 3230/100' },
      });
    const made = await images.square(await bytes(taken.jpeg()));
    const facts = await sharp(made as Bytes).metadata();
    expect([facts.exif, facts.icc, facts.xmp, facts.orientation]).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
    expect(Buffer.from(made as Bytes).includes('camera')).toBe(false);
  });

  it('takes the first picture of a moving one', async () => {
    const frames = sharp([await bytes(noise(64).png()), await bytes(plain(64, 64).png())], {
      join: { animated: true },
    });
    const made = await images.square(await bytes(frames.gif()));
    expect((await sharp(made as Bytes).metadata()).pages ?? 1).toBe(1);
  });
});

describe('on the edge', () => {
  const images = createEdgeImages();

  it.each([
    ['lossy', () => plain(256, 256).webp()],
    ['lossless', () => plain(200, 256).webp({ lossless: true })],
    ['transparent', () => plain(256, 256, true).webp()],
  ])('takes a %s WebP as it is', async (_, make) => {
    const ready = await bytes(make());
    expect(await images.square(ready)).toBe(ready);
  });

  it.each([
    ['PNG', () => plain(64, 64).png()],
    ['lossy WebP that is too wide', () => plain(257, 10).webp()],
    ['lossless WebP that is too high', () => plain(10, 257).webp({ lossless: true })],
    ['transparent WebP that is too wide', () => plain(257, 256, true).webp()],
    [
      'WebP with metadata',
      () =>
        plain(64, 64)
          .withExif({ IFD0: { Make: 'x' } })
          .webp(),
    ],
    ['WebP of too many bytes', () => noise(1200).webp({ quality: 100 })],
  ])('has a %s made ready first', async (_, make) => {
    expect(await images.square(await bytes(make()))).toBe('image_too_big');
  });

  it('refuses what only begins like one', async () => {
    const ready = await bytes(plain(64, 64).webp());
    expect(await images.square(ready.slice(0, 40))).toBe('bad_image');
    expect(await images.square(new TextEncoder().encode('RIFF____WEBPVP8 '))).toBe('bad_image');
    expect(await images.square(new TextEncoder().encode('<svg>'))).toBe('bad_image');
  });
});

test('any bytes are answered', async () => {
  const ready = await bytes(plain(64, 64, true).webp());
  for (const images of [createEdgeImages(), createSharpImages()]) {
    for (let at = 0; at < Math.min(ready.length, 60); at += 1) {
      const altered = ready.slice();
      altered[at] = (altered[at] ?? 0) ^ 0xff;
      await expect(images.square(altered)).resolves.toBeDefined();
    }
  }
});
