import { joinParts, lettersAt, viewOf } from './join-parts.ts';
import type { Picture } from './picture.ts';

const ORIENTATION_TAG = 0x0112;

/** Source: CIPA DC-008 (Exif 2.32), 4.6.4 */
export function orientationIn(segment: Uint8Array): number | undefined {
  if (lettersAt(segment, 4) !== 'Exif') return undefined;
  const exif = segment.subarray(10);
  const view = viewOf(exif);
  try {
    const little = lettersAt(exif, 0, 2) === 'II';
    const first = view.getUint32(4, little);
    const count = view.getUint16(first, little);
    for (let entry = 0; entry < count; entry += 1) {
      const at = first + 2 + entry * 12;
      if (view.getUint16(at, little) !== ORIENTATION_TAG) continue;
      const value = view.getUint16(at + 8, little);
      return value >= 1 && value <= 8 ? value : undefined;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

/** From here on it lies on its side. */
const FIRST_ON_SIDE = 5;

const EXIF_HEADER = [0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0];
/** Big-endian; one directory at 8, with one entry: a short, the orientation, which follows. */
const ONE_ENTRY = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1];

/** The picture with this of its metadata and no more, and the size at which it is then shown. */
export function turned({ bytes, width, height, orientation }: Picture) {
  const exif = Uint8Array.from([...EXIF_HEADER, ...ONE_ENTRY, 0, orientation, 0, 0, 0, 0, 0, 0]);
  const whole = joinParts([bytes.subarray(0, 2), exif, bytes.subarray(2)]);
  const isOnSide = orientation >= FIRST_ON_SIDE;
  return { bytes: whole, width: isOnSide ? height : width, height: isOnSide ? width : height };
}
