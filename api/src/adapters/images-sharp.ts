import { IMAGE_SIZE } from '@harmonium/api/image';
import { MAX_IMAGE_PIXELS, imageTypeOf } from '../images.ts';
import type { ImageProblem, Images } from '../images.ts';
import { createQueue } from '../queue.ts';
import { makeEmoji } from './images-sharp/make-emoji.ts';
import { sharePicture } from './images-sharp/share-picture.ts';

/** Seconds after which a picture is given up. */
const TIMEOUT_S = 10;
const QUALITY = 82;

/** Loaded with the first picture: it brings a library of its own. */
async function loadSharp() {
  const { default: sharp } = await import('sharp');
  // Each picture is seen once: what vips would keep of it is memory lost.
  sharp.cache(false);
  return sharp;
}

/** Decoded at once: each may take a gigabyte's tenth, and a core for a second. */
const AT_ONCE = 2;
/** Waiting behind those; whoever comes then is asked to come again. */
const MAX_WAITING = 100;

/** Pictures by libvips, a few at a time. */
export function createSharpImages(): Images {
  const queue = createQueue(AT_ONCE, MAX_WAITING);
  return {
    canScale: true,
    share: (bytes) => queue(async () => sharePicture(await loadSharp(), bytes)),
    emoji: (bytes) => queue(async () => makeEmoji(await loadSharp(), bytes)),
    square: (bytes) => queue(() => square(bytes)),
  };
}

async function square(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer> | ImageProblem> {
  // Not left to vips, which would also read SVG, PDF and more.
  if (imageTypeOf(bytes) === undefined) return 'bad_image';
  const sharp = await loadSharp();
  try {
    // Of a moving picture the first frame.
    const webp = await sharp(bytes, { limitInputPixels: MAX_IMAGE_PIXELS, failOn: 'error' })
      .timeout({ seconds: TIMEOUT_S })
      .autoOrient()
      .resize(IMAGE_SIZE, IMAGE_SIZE, { fit: 'cover', kernel: 'lanczos3' })
      .toColourspace('srgb')
      .webp({ quality: QUALITY })
      .toBuffer();
    return new Uint8Array(webp);
  } catch {
    return 'bad_image';
  }
}
