import { joinParts, lettersAt, partOf, viewOf } from './join-parts.ts';
import type { Picture } from './picture.ts';

const HEADER_BYTES = 12;
const KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
/** Of the flags in VP8X. */
const EXIF_AND_XMP = 0b0000_1100;
const ANIMATION = 0b0000_0010;

/** Source: https://developers.google.com/speed/webp/docs/riff_container */
export function readWebp(bytes: Uint8Array): Picture | undefined {
  const view = viewOf(bytes);
  const end = view.getUint32(4, true) + 8;
  const parts = [bytes.slice(0, HEADER_BYTES)];
  let size: Size | undefined;
  let isAnimated = false;
  for (let at = HEADER_BYTES; at < end;) {
    const type = lettersAt(bytes, at);
    const length = view.getUint32(at + 4, true);
    // Chunks are of even length; some writers leave the last one odd.
    const next = Math.min(at + 8 + length + (length % 2), end);
    const chunk = partOf(bytes, at, next).slice();
    if (type === 'VP8X') {
      isAnimated = ((chunk[8] ?? 0) & ANIMATION) !== 0;
      chunk[8] = (chunk[8] ?? 0) & ~EXIF_AND_XMP;
    }
    size ??= sizeIn(type, chunk);
    if (KEPT.has(type)) parts.push(chunk);
    at = next;
  }
  const whole = joinParts(parts);
  viewOf(whole).setUint32(4, whole.byteLength - 8, true);
  return size && { ...size, isAnimated, orientation: 1, bytes: whole };
}

interface Size {
  width: number;
  height: number;
}

const FRAME_TAG_BYTES = 3;

function sizeIn(type: string, chunk: Uint8Array): Size | undefined {
  const view = viewOf(chunk);
  if (type === 'VP8 ') {
    const at = 8 + FRAME_TAG_BYTES + 3;
    return {
      width: view.getUint16(at, true) & 0x3fff,
      height: view.getUint16(at + 2, true) & 0x3fff,
    };
  }
  if (type === 'VP8L') {
    const packed = view.getUint32(9, true);
    return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
  }
  if (type !== 'VP8X') return undefined;
  return {
    width: (view.getUint32(12, true) & 0xff_ffff) + 1,
    height: (view.getUint16(15, true) | (view.getUint8(17) << 16)) + 1,
  };
}
