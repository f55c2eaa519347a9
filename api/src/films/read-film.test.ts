import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFilm } from './read-film.ts';

function box(type: string, ...content: (Uint8Array | string)[]): Buffer {
  const parts = content.map((part) =>
    typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part),
  );
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + parts.reduce((size, part) => size + part.length, 0));
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, ...parts]);
}

const WHEN = 0xe1_23_45_67;
function header(width: number, height: number, isOnSide = false): Buffer {
  const content = Buffer.alloc(84);
  content.writeUInt32BE(WHEN, 4);
  content.writeInt32BE(isOnSide ? 0 : 65_536, 40);
  content.writeInt32BE(isOnSide ? 65_536 : 0, 44);
  content.writeUInt32BE(width * 65_536, 76);
  content.writeUInt32BE(height * 65_536, 80);
  return box('tkhd', content);
}

const place = box('udta', box('\u00a9xyz', '+51.5074-000.1278/'));
const film = (...tracks: Buffer[]) =>
  new Uint8Array(
    Buffer.concat([
      box('ftyp', 'isom'),
      box('mdat', 'what is seen and heard'),
      box('uuid', 'a camera of somebody'),
      box('moov', ...tracks.map((track) => box('trak', track, place)), place),
    ]),
  );

test('a film says nothing of where and when it was made, and plays as before', () => {
  const original = film(header(0, 0), header(1920, 1080));
  const read = readFilm(original);
  expect(read).toMatchObject({ width: 1920, height: 1080 });
  const bytes = Buffer.from(read?.bytes ?? []);
  expect(bytes.length).toBe(original.length);
  expect(bytes.includes('what is seen and heard')).toBe(true);
  for (const told of ['+51.5074', 'somebody', 'udta']) expect(bytes.includes(told)).toBe(false);
  expect(bytes.includes(Buffer.from([0xe1, 0x23, 0x45, 0x67]))).toBe(false);
  expect(Buffer.from(original).includes('+51.5074')).toBe(true);
});

test('a film made with the phone upright is higher than wide', () => {
  expect(readFilm(film(header(1920, 1080, true)))).toMatchObject({ width: 1080, height: 1920 });
});

test('sound alone has no size', () => {
  expect(readFilm(film(header(0, 0)))).toEqual({ bytes: expect.anything() });
});

test('what is cut short, or nothing but a beginning, is none', () => {
  const whole = film(header(10, 10));
  expect(readFilm(whole.slice(0, whole.length - 1))).toBeUndefined();
  expect(readFilm(new Uint8Array(box('ftyp', 'isom')))).toBeUndefined();
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readFilm(bytes)));
  const at = fc.nat({ max: whole.length - 1 });
  fc.assert(
    fc.property(at, fc.nat({ max: 255 }), (index, value) => {
      const damaged = whole.slice();
      damaged[index] = value;
      readFilm(damaged);
    }),
    { numRuns: 1000 },
  );
});
