import { imageTypeOf } from '../images.ts';
import { readGif } from './gif.ts';
import { readJpeg } from './jpeg.ts';
import { readPng } from './png.ts';
import { readWebp } from './webp.ts';
import type { Picture } from './picture.ts';

/**
 * Takes out metadata and leaves every pixel as it is. Undefined for what is damaged, and for AVIF,
 * which cannot be taken apart so simply.
 */
export function readPicture(bytes: Uint8Array<ArrayBuffer>): Picture | undefined {
  const type = imageTypeOf(bytes);
  if (type === undefined || type === 'avif') return undefined;
  try {
    const picture = READERS[type](bytes);
    return picture !== undefined && picture.width > 0 && picture.height > 0 ? picture : undefined;
  } catch (error) {
    // Read behind the end: it is cut short.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const READERS = { png: readPng, jpeg: readJpeg, gif: readGif, webp: readWebp };
