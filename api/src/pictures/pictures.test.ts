import * as fc from 'fast-check';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { describe, expect, it, test } from 'vitest';
import { imageTypeOf } from '../images.ts';
import { turned } from './jpeg-orientation.ts';
import { readPicture } from './read-picture.ts';

type Bytes = Uint8Array<ArrayBuffer>;
const bytes = async (image: Sharp): Promise<Bytes> => new Uint8Array(await image.toBuffer());
const noise = (width = 120, height = 80) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: 'black',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  });
const taken = (image: Sharp) =>
  image
    .withExif({
      IFD0: { Make: 'Kamera', Copyright: 'Somebody' },
      IFD3: { GPSLatitude: '51/1 30/1 3230/100', GPSLongitude: '0/1 7/1 3390/100' },
    })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF/>Kamera</x:xmpmeta>');
const pixels = (from: Bytes) => sharp(from, { animated: true }).raw().toBuffer();
const moving = async () =>
  sharp([await bytes(noise().png()), await bytes(noise().negate().png())], {
    join: { animated: true },
  });

describe.each([
  ['png', async () => bytes(taken(noise()).png())],
  ['jpeg', async () => bytes(taken(noise()).jpeg())],
  ['jpeg in steps', async () => bytes(taken(noise()).jpeg({ progressive: true }))],
  ['webp', async () => bytes(taken(noise()).webp())],
  ['webp without loss', async () => bytes(taken(noise()).webp({ lossless: true }))],
  ['moving webp', async () => bytes(taken(await moving()).webp())],
  ['gif', async () => bytes(noise().gif())],
  ['moving gif', async () => bytes((await moving()).gif())],
] as const)('%s', (_, make) => {
  it('keeps every pixel, its kind and its size, and whether it moves', async () => {
    const original = await make();
    const picture = readPicture(original);
    const facts = await sharp(original).metadata();
    expect(picture).toMatchObject({
      width: facts.width,
      height: facts.height,
      isAnimated: (facts.pages ?? 1) > 1,
    });
    const cleaned = picture?.bytes as Bytes;
    expect(imageTypeOf(cleaned)).toBe(imageTypeOf(original));
    expect(Buffer.compare(await pixels(cleaned), await pixels(original))).toBe(0);
    expect((await sharp(cleaned).metadata()).delay).toEqual(facts.delay);
  });

  it('keeps nothing of where, when and with what it was made', async () => {
    const cleaned = readPicture(await make())?.bytes as Bytes;
    const facts = await sharp(cleaned).metadata();
    expect([facts.exif, facts.xmp, facts.iptc]).toEqual([undefined, undefined, undefined]);
    expect(Buffer.from(cleaned).includes('Kamera')).toBe(false);
  });

  it('keeps nothing that follows its end', async () => {
    const original = await make();
    const both = new Uint8Array([...original, ...Buffer.from('PK<script>')]);
    expect(readPicture(both)?.bytes).toEqual(readPicture(original)?.bytes);
  });

  it('is nothing when it is cut short, and never breaks the reader', async () => {
    const original = await make();
    expect(readPicture(original.slice(0, original.length - 20))).toBeUndefined();
    const at = fc.integer({ min: 12, max: original.length - 1 });
    const changes = fc.array(fc.tuple(at, fc.nat({ max: 255 })), { maxLength: 8 });
    fc.assert(
      fc.property(changes, at, (changed, end) => {
        const damaged = original.slice(0, end);
        for (const [index, value] of changed) if (index < end) damaged[index] = value;
        readPicture(damaged);
      }),
      { numRuns: 300 },
    );
  });
});

test('comments, texts and what nobody knows are taken out', () => {
  const part = (name: string, data: string) => {
    const chunk = Buffer.alloc(12 + data.length);
    chunk.writeUInt32BE(data.length);
    chunk.write(name + data, 4, 'latin1');
    return chunk;
  };
  const header = part('IHDR', '\0\0\0\u0001\0\0\0\u0001\u0008\u0002\0\0\0');
  const png = (...more: Buffer[]) =>
    new Uint8Array(
      Buffer.concat([
        Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
        header,
        ...more,
        part('IDAT', 'x'),
        part('IEND', ''),
      ]),
    );
  const secret = [part('tEXt', 'Author\0me'), part('eXIf', 'MM'), part('prVt', '<script>')];
  expect(readPicture(png(...secret))?.bytes).toEqual(png());
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'a photo that lies as %i says so when it must, and nothing else',
  async (orientation) => {
    const photo = taken(noise()).withMetadata({ orientation }).jpeg();
    const picture = readPicture(await bytes(photo));
    expect(picture?.orientation).toBe(orientation);
    if (picture === undefined) return;
    const { bytes: said, width, height } = turned(picture);
    const facts = await sharp(said).metadata();
    expect(facts.orientation).toBe(orientation);
    const upright = await sharp(said).autoOrient().toBuffer({ resolveWithObject: true });
    expect([upright.info.width, upright.info.height]).toEqual([width, height]);
    expect(Buffer.from(said).includes('Kamera')).toBe(false);
  },
);
