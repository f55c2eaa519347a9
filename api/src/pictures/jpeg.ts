import { joinParts, lettersAt, partOf, viewOf } from './join-parts.ts';
import { orientationIn } from './jpeg-orientation.ts';
import type { Picture } from './picture.ts';

const START_OF_SCAN = 0xda;
const END = 0xd9;
/** Colour profiles, and how Adobe's writers encoded colours: without them it looks different. */
const ICC = 0xe2;
const ADOBE = 0xee;
const JFIF = 0xe0;
const EXIF = 0xe1;
const COMMENT = 0xfe;

/** Source: ITU-T T.81, annex B */
export function readJpeg(bytes: Uint8Array): Picture | undefined {
  const view = viewOf(bytes);
  const parts = [partOf(bytes, 0, 2)];
  let [width, height, orientation] = [0, 0, 1];
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === END) break;
    const end = at + 2 + view.getUint16(at + 2);
    const segment = partOf(bytes, at, end);
    if (isFrame(marker)) [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
    if (marker === EXIF) orientation = orientationIn(segment) ?? orientation;
    if (isKept(marker, segment)) parts.push(segment);
    at = end;
    if (marker === START_OF_SCAN) {
      at = endOfScan(bytes, end);
      parts.push(partOf(bytes, end, at));
    }
  }
  parts.push(Uint8Array.of(0xff, END));
  return { width, height, isAnimated: false, orientation, bytes: joinParts(parts) };
}

function isKept(marker: number, segment: Uint8Array): boolean {
  if (marker === ICC) return lettersAt(segment, 4, 11) === 'ICC_PROFILE';
  if (marker === JFIF) return lettersAt(segment, 4) === 'JFIF';
  if (marker === ADOBE) return true;
  return !(marker >= 0xe1 && marker <= 0xef) && marker !== COMMENT;
}

/** Of any kind but tables that share the numbers. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** Where the next marker is: within a scan 0xff is followed by a zero, or counts restarts. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at === -1) throw new RangeError('the file is cut short');
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
    at += next === 0xff ? 1 : 2;
  }
}
