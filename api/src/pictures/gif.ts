import { joinParts, lettersAt, partOf, viewOf } from './join-parts.ts';
import type { Picture } from './picture.ts';

const HEADER_BYTES = 13;
const IMAGE = 0x2c;
const EXTENSION = 0x21;
const END = 0x3b;
const CONTROL = 0xf9;
const APPLICATION = 0xff;
/** Only the one that says how often it is shown over. */
const LOOPS = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0']);

/** Source: https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
export function readGif(bytes: Uint8Array): Picture | undefined {
  const view = viewOf(bytes);
  const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
  const start = HEADER_BYTES + tableBytes(view.getUint8(10));
  const parts = [partOf(bytes, 0, start)];
  let frames = 0;
  for (let at = start; ;) {
    const kind = view.getUint8(at);
    if (kind === END) break;
    if (kind === IMAGE) {
      const data = at + 10 + tableBytes(view.getUint8(at + 9)) + 1;
      const end = endOfBlocks(view, data);
      parts.push(partOf(bytes, at, end));
      frames += 1;
      at = end;
    } else if (kind === EXTENSION) {
      const end = endOfBlocks(view, at + 2);
      if (isKept(bytes, at)) parts.push(partOf(bytes, at, end));
      at = end;
    } else return undefined;
  }
  if (frames === 0) return undefined;
  parts.push(Uint8Array.of(END));
  return { width, height, isAnimated: frames > 1, orientation: 1, bytes: joinParts(parts) };
}

function isKept(bytes: Uint8Array, at: number): boolean {
  const label = bytes[at + 1];
  return label === CONTROL || (label === APPLICATION && LOOPS.has(lettersAt(bytes, at + 3, 11)));
}

function tableBytes(packed: number): number {
  return (packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 7) + 1);
}

/** Blocks, each of its own length, end with an empty one. */
function endOfBlocks(view: DataView, from: number): number {
  let at = from;
  for (let size = view.getUint8(at); size > 0; size = view.getUint8(at)) at += size + 1;
  return at + 1;
}
