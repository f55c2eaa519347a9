import { joinParts, lettersAt, partOf, viewOf } from './join-parts.ts';
import type { Picture } from './picture.ts';

const SIGNATURE_BYTES = 8;
/** Length, type and checksum. */
const FRAME_BYTES = 12;

/** What pixels, colours and movement need; of the rest (text, EXIF, time, what nobody knows) nothing stays. */
const PIXELS = ['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'acTL', 'fcTL', 'fdAT'];
const COLOURS = ['gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'sBIT', 'bKGD', 'pHYs'];
const KEPT = new Set([...PIXELS, ...COLOURS]);

/** Source: https://www.w3.org/TR/png-3/ */
export function readPng(bytes: Uint8Array): Picture | undefined {
  const view = viewOf(bytes);
  const parts = [partOf(bytes, 0, SIGNATURE_BYTES)];
  let [width, height] = [0, 0];
  let isAnimated = false;
  for (let at = SIGNATURE_BYTES; ;) {
    const end = at + FRAME_BYTES + view.getUint32(at);
    const type = lettersAt(bytes, at + 4);
    if (type === 'IHDR') [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (type === 'acTL') isAnimated = true;
    if (KEPT.has(type)) parts.push(partOf(bytes, at, end));
    at = end;
    if (type === 'IEND') break;
  }
  return { width, height, isAnimated, orientation: 1, bytes: joinParts(parts) };
}
