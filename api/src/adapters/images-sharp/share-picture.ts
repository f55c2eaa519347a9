import type sharpModule from 'sharp';
import type { Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { MAX_IMAGE_PIXELS, THUMBNAIL_SIZE, imageTypeOf } from '../../images.ts';
import type { ImageProblem, SharedPicture } from '../../images.ts';
import { readPicture } from '../../pictures/read-picture.ts';

type OpenSharp = typeof sharpModule;
type Bytes = Uint8Array<ArrayBuffer>;
type Upright = Pick<SharedPicture, 'bytes' | 'type' | 'width' | 'height'> & { isAnimated: boolean };

/** Seconds after which a picture is given up. */
const TIMEOUT_S = 10;
const THUMBNAIL_QUALITY = 80;
/** Of what has to be turned, and so encoded anew: next to no loss. */
const JPEG_QUALITY = 92;
const AVIF_QUALITY = 65;
/** AVIF at its usual effort takes many seconds. */
const AVIF_EFFORT = 2;
/** What ThumbHash looks at, either way. */
const BLUR_SIZE = 100;

/** The first frame is decoded, which proves the picture; what can be kept is kept bit by bit. */
export async function sharePicture(
  sharp: OpenSharp,
  bytes: Bytes,
): Promise<SharedPicture | ImageProblem> {
  const open = (from: Bytes) =>
    sharp(from, { limitInputPixels: MAX_IMAGE_PIXELS, failOn: 'error' }).timeout({
      seconds: TIMEOUT_S,
    });
  try {
    const upright = await uprightOf(open, bytes);
    if (typeof upright === 'string') return upright;
    const { isAnimated, ...picture } = upright;
    const { width, height } = picture;
    const isSmall = width <= THUMBNAIL_SIZE && height <= THUMBNAIL_SIZE;
    const small = await open(picture.bytes)
      .resize(THUMBNAIL_SIZE, THUMBNAIL_SIZE, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .webp({ quality: THUMBNAIL_QUALITY })
      .toBuffer();
    const thumbnail = new Uint8Array(small);
    const blur = await blurOf(sharp, thumbnail);
    return { ...picture, blur, ...(isSmall || isAnimated ? {} : { thumbnail }) };
  } catch {
    return 'bad_image';
  }
}

async function uprightOf(
  open: (bytes: Bytes) => Sharp,
  bytes: Bytes,
): Promise<Upright | ImageProblem> {
  const type = `image/${imageTypeOf(bytes)}`;
  if (type === 'image/avif') {
    // Its metadata is wherever its index says; encoding it anew leaves none.
    const encoded = open(bytes)
      .autoOrient()
      .keepIccProfile()
      .avif({ quality: AVIF_QUALITY, effort: AVIF_EFFORT });
    return encodedAs(encoded, type);
  }
  const picture = readPicture(bytes);
  if (picture === undefined) return 'bad_image';
  const { width, height, isAnimated } = picture;
  if (width * height > MAX_IMAGE_PIXELS) return 'image_too_big';
  if (picture.orientation === 1) return { bytes: picture.bytes, type, width, height, isAnimated };
  const turned = open(bytes).autoOrient().keepIccProfile().jpeg({ quality: JPEG_QUALITY });
  return encodedAs(turned, type);
}

async function encodedAs(image: Sharp, type: string): Promise<Upright> {
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return { bytes: new Uint8Array(data), type, width, height, isAnimated: false };
}

async function blurOf(sharp: OpenSharp, bytes: Bytes): Promise<string> {
  const { data, info } = await sharp(bytes)
    .resize(BLUR_SIZE, BLUR_SIZE, { fit: 'inside' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
}
