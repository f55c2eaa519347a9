import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { describe, expect, it, test } from 'vitest';
import type { Images } from '../images.ts';
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

const moving = async (format: 'gif' | 'webp', width: number, height: number, frames = 3) => {
  const pages = Array.from({ length: frames }, (_, at) =>
    sharp({
      create: { width, height, channels: 3, background: { r: (at * 80) % 256, g: 90, b: 40 } },
    })
      .png()
      .toBuffer(),
  );
  const join = sharp(await Promise.all(pages), { join: { animated: true } });
  return bytes(join.toFormat(format));
};
const emojiOf = async (images: Images, picture: Bytes) => {
  const made = await images.emoji(picture);
  if (typeof made === 'string') throw new Error(made);
  return { ...made, facts: await sharp(made.bytes).metadata() };
};

describe('an emoji, on Node', () => {
  const images = createSharpImages();

  it.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)('of a %s', async (format) => {
    const made = await emojiOf(images, await bytes(plain(500, 250, true).toFormat(format)));
    expect(made.isAnimated).toBe(false);
    expect(made.facts).toMatchObject({ format: 'webp', width: 128, height: 64 });
  });

  it('is not made larger', async () => {
    const { facts } = await emojiOf(images, await bytes(plain(24, 30).png()));
    expect(facts).toMatchObject({ width: 24, height: 30 });
  });

  it.each(['gif', 'webp'] as const)('of a moving %s goes on moving', async (format) => {
    const made = await emojiOf(images, await moving(format, 300, 150));
    expect(made.isAnimated).toBe(true);
    expect(made.facts).toMatchObject({ format: 'webp', width: 128, height: 64, pages: 3 });
  });

  it('keeps nothing of where it was taken', async () => {
    const { facts } = await emojiOf(images, await bytes(photo()));
    expect([facts.exif, facts.width, facts.height]).toEqual([undefined, 43, 128]);
  });

  it('has no end of frames, nor of pixels', async () => {
    expect(await images.emoji(await moving('gif', 4, 4, 301))).toBe('image_too_big');
    expect(await images.emoji(await bytes(plain(12_000, 12_000).png()))).toBe('bad_image');
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>');
    expect(await images.emoji(svg)).toBe('bad_image');
  });
});

describe('an emoji, on the edge', () => {
  const images = createEdgeImages();

  it('is taken as it is where it fits, and says whether it moves', async () => {
    const still = await emojiOf(images, await bytes(plain(128, 20).webp()));
    const lively = await emojiOf(images, await moving('webp', 64, 64));
    expect([still.isAnimated, lively.isAnimated]).toEqual([false, true]);
    expect(lively.facts.pages).toBe(3);
  });

  it('loses its metadata', async () => {
    const tagged = plain(64, 64)
      .withExif({ IFD0: { Make: 'Kamera' } })
      .webp();
    const made = await emojiOf(images, await bytes(tagged));
    expect(Buffer.from(made.bytes).includes('Kamera')).toBe(false);
  });

  it('is made ready first otherwise', async () => {
    expect(await images.emoji(await bytes(plain(64, 64).png()))).toBe('image_too_big');
    expect(await images.emoji(await bytes(plain(129, 20).webp()))).toBe('image_too_big');
    expect(await images.emoji(new Uint8Array([1, 2]))).toBe('bad_image');
  });
});

const shared = async (images: Images, picture: Bytes) => {
  const made = await images.share(picture);
  if (typeof made === 'string') throw new Error(made);
  return made;
};
const photo = () =>
  plain(900, 300)
    .withMetadata({ orientation: 6 })
    .withExif({ IFD0: { Make: 'Kamera' }, IFD3: { GPSLatitude: '51/1 30/1 3230/100' } })
    .jpeg();

describe('sharing, on Node', () => {
  const images = createSharpImages();

  it.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)(
    'a large %s has a blur and a smaller one beside it',
    async (format) => {
      const made = await shared(images, await bytes(plain(1000, 500).toFormat(format)));
      expect(made).toMatchObject({ type: `image/${format}`, width: 1000, height: 500 });
      expect(made.blur).toMatch(/^[\w+/]{20,40}=*$/);
      const small = await sharp(made.thumbnail).metadata();
      expect(small).toMatchObject({ format: 'webp', width: 800, height: 400 });
    },
  );

  it('a small one needs none beside it', async () => {
    const made = await shared(images, await bytes(plain(800, 500).png()));
    expect(made.thumbnail).toBeUndefined();
    expect(made.blur).toBeDefined();
  });

  it('a photo is turned upright, and keeps nothing of where it was taken', async () => {
    const made = await shared(images, await bytes(photo()));
    const facts = await sharp(made.bytes).metadata();
    expect([made.width, made.height]).toEqual([300, 900]);
    expect(facts).toMatchObject({ format: 'jpeg', width: 300, height: 900 });
    expect([facts.exif, facts.orientation]).toEqual([undefined, undefined]);
    expect(Buffer.from(made.bytes).includes('Kamera')).toBe(false);
  });

  it.each(['gif', 'webp'] as const)('a moving %s goes on moving', async (format) => {
    const [one, two] = [plain(900, 900), plain(900, 900).negate()];
    const frames = sharp([await bytes(one.png()), await bytes(two.png())], {
      join: { animated: true },
    });
    const made = await shared(images, await bytes(frames.toFormat(format)));
    expect(made).toMatchObject({ type: `image/${format}`, width: 900, height: 900 });
    expect((await sharp(made.bytes).metadata()).pages).toBe(2);
    expect(made.thumbnail).toBeUndefined();
  });

  it('a damaged one, and one of too many pixels, are not looked at', async () => {
    const whole = await bytes(noise(300).jpeg());
    expect(await images.share(whole.slice(0, 5000))).toBe('bad_image');
    expect(await images.share(await bytes(plain(12_000, 12_000).png()))).toBe('image_too_big');
  });
});

describe('sharing, on the edge', () => {
  const images = createEdgeImages();

  it.each(['png', 'jpeg', 'webp', 'gif'] as const)(
    'a %s as it is, with its size',
    async (format) => {
      const picture = await bytes(plain(1000, 500).toFormat(format));
      const made = await shared(images, picture);
      expect(made).toEqual({
        bytes: made.bytes,
        type: `image/${format}`,
        width: 1000,
        height: 500,
      });
      expect((await sharp(made.bytes).metadata()).width).toBe(1000);
    },
  );

  it('a photo that lies on its side says so, and nothing else', async () => {
    const made = await shared(images, await bytes(photo()));
    expect([made.width, made.height]).toEqual([300, 900]);
    expect((await sharp(made.bytes).metadata()).orientation).toBe(6);
    expect(Buffer.from(made.bytes).includes('Kamera')).toBe(false);
  });

  it('takes no picture that it cannot clean', async () => {
    expect(await images.share(await bytes(plain(20, 20).avif()))).toBe('image_too_big');
    expect(await images.share(new Uint8Array([1, 2, 3]))).toBe('bad_image');
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
      await expect(images.emoji(altered)).resolves.toBeDefined();
    }
  }
});
