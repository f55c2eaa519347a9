import { MAX_IMAGE_PIXELS, imageTypeOf } from '../images.ts';
import { SMALL_PICTURE_SIZE } from '../previews/web.ts';
import type { Shrink } from '../previews/web.ts';

/** Seconds after which a picture is given up. */
const TIMEOUT_S = 5;
const QUALITY = 80;

/** Small pictures by libvips, which is loaded with the first. */
export function createSharpShrink(): Shrink {
  return async (bytes) => {
    // Not left to vips, which would also read SVG, PDF and more.
    if (imageTypeOf(bytes) === undefined) return undefined;
    const { default: sharp } = await import('sharp');
    sharp.cache(false);
    try {
      const { data, info } = await sharp(bytes, {
        limitInputPixels: MAX_IMAGE_PIXELS,
        failOn: 'error',
      })
        .timeout({ seconds: TIMEOUT_S })
        .autoOrient()
        .resize(SMALL_PICTURE_SIZE, SMALL_PICTURE_SIZE, { fit: 'inside', withoutEnlargement: true })
        .toColourspace('srgb')
        .webp({ quality: QUALITY })
        .toBuffer({ resolveWithObject: true });
      return { bytes: new Uint8Array(data), width: info.width, height: info.height };
    } catch {
      return undefined;
    }
  };
}
