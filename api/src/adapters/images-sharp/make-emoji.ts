import { EMOJI_SIZE, MAX_EMOJI_BYTES } from '@harmonium/api/image';
import type sharpModule from 'sharp';
import { MAX_IMAGE_PIXELS, imageTypeOf } from '../../images.ts';
import type { EmojiPicture, ImageProblem } from '../../images.ts';

type OpenSharp = typeof sharpModule;

/** Seconds after which a picture is given up. */
const TIMEOUT_S = 10;
/** A file of a few bytes may hold any number of equal ones. */
const MAX_FRAMES = 300;
/** Tried in turn until what moves is small enough. */
const TRIES = [
  { size: EMOJI_SIZE, quality: 80 },
  { size: EMOJI_SIZE, quality: 50 },
  { size: EMOJI_SIZE / 2, quality: 50 },
];

export async function makeEmoji(
  sharp: OpenSharp,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<EmojiPicture | ImageProblem> {
  // Not left to vips, which would also read SVG, PDF and more.
  if (imageTypeOf(bytes) === undefined) return 'bad_image';
  try {
    const strict = { limitInputPixels: MAX_IMAGE_PIXELS, failOn: 'error' } as const;
    const { pages = 1, width, height } = await sharp(bytes, strict).metadata();
    const pixels = pages * width * height;
    if (pages > MAX_FRAMES || pixels > MAX_IMAGE_PIXELS) return 'image_too_big';
    for (const { size, quality } of TRIES) {
      const webp = await sharp(bytes, { ...strict, animated: pages > 1 })
        .timeout({ seconds: TIMEOUT_S })
        .autoOrient()
        .resize(size, size, { fit: 'inside', withoutEnlargement: true, kernel: 'lanczos3' })
        .toColourspace('srgb')
        .webp({ quality })
        .toBuffer();
      if (webp.byteLength <= MAX_EMOJI_BYTES) {
        return { bytes: new Uint8Array(webp), isAnimated: pages > 1 };
      }
    }
    return 'image_too_big';
  } catch {
    return 'bad_image';
  }
}
