import {
  EMOJI_SIZE,
  IMAGE_SIZE,
  MAX_EMOJI_BYTES,
  MAX_READY_IMAGE_BYTES,
} from '@harmonium/api/image';
import { MAX_IMAGE_PIXELS, hasText, imageTypeOf } from '../images.ts';
import type { EmojiPicture, ImageProblem, Images, SharedPicture } from '../images.ts';
import { turned } from '../pictures/jpeg-orientation.ts';
import { readPicture } from '../pictures/read-picture.ts';

/** Where nothing can decode a picture: takes those that a page has made ready, by their header. */
export function createEdgeImages(): Images {
  return {
    canScale: false,
    square(bytes) {
      const type = imageTypeOf(bytes);
      if (type === undefined) return Promise.resolve('bad_image');
      if (type !== 'webp' || bytes.byteLength > MAX_READY_IMAGE_BYTES) {
        return Promise.resolve('image_too_big');
      }
      const header = headerOf(bytes);
      if (header === undefined) return Promise.resolve('bad_image');
      const fits = header.width <= IMAGE_SIZE && header.height <= IMAGE_SIZE && !header.isMore;
      return Promise.resolve(fits ? bytes : 'image_too_big');
    },
    emoji: (bytes) => Promise.resolve(emojiAsIs(bytes)),
    share: (bytes) => Promise.resolve(shareAsIs(bytes)),
  };
}

function emojiAsIs(bytes: Uint8Array<ArrayBuffer>): EmojiPicture | ImageProblem {
  const type = imageTypeOf(bytes);
  if (type === undefined) return 'bad_image';
  if (type !== 'webp') return 'image_too_big';
  const picture = readPicture(bytes);
  if (picture === undefined) return 'bad_image';
  const { width, height, isAnimated } = picture;
  const fits = width <= EMOJI_SIZE && height <= EMOJI_SIZE;
  if (!fits || picture.bytes.byteLength > MAX_EMOJI_BYTES) return 'image_too_big';
  return { bytes: picture.bytes, isAnimated };
}

/**
 * Without metadata, but neither decoded nor made smaller: no blur, no thumbnail. What would have to
 * be encoded anew (AVIF) is shared as a file; a photo that lies on its side says so, and nothing else.
 */
function shareAsIs(bytes: Uint8Array<ArrayBuffer>): SharedPicture | ImageProblem {
  const type = imageTypeOf(bytes);
  if (type === 'avif') return 'image_too_big';
  const picture = readPicture(bytes);
  if (type === undefined || picture === undefined) return 'bad_image';
  const { width, height, orientation } = picture;
  if (width * height > MAX_IMAGE_PIXELS) return 'image_too_big';
  const shared = { bytes: picture.bytes, type: `image/${type}`, width, height };
  if (orientation === 1) return shared;
  return { ...shared, ...turned(picture) };
}

interface Header {
  width: number;
  height: number;
  /** It moves, or carries metadata, which could tell where it was taken. */
  isMore: boolean;
}

const ANIMATION_OR_METADATA = 0b0010_1110;
const FRAME_TAG_BYTES = 3;

/**
 * Size and nature of a WebP by its first chunk: `VP8 ` (lossy), `VP8L` (lossless) or `VP8X`
 * (extended). Source: https://developers.google.com/speed/webp/docs/riff_container
 */
function headerOf(bytes: Uint8Array): Header | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The size the file gives itself, without the eight bytes before it; a file may be padded to even.
  if (bytes.byteLength < 30 || view.getUint32(4, true) + 8 !== bytes.byteLength) return undefined;
  if (hasText(bytes, 12, 'VP8 ')) {
    const at = 20 + FRAME_TAG_BYTES;
    const isKeyFrame = view.getUint8(at) === 0x9d && view.getUint16(at + 1) === 0x012a;
    if (!isKeyFrame) return undefined;
    const width = view.getUint16(at + 3, true) & 0x3fff;
    return { width, height: view.getUint16(at + 5, true) & 0x3fff, isMore: false };
  }
  if (hasText(bytes, 12, 'VP8L')) {
    if (view.getUint8(20) !== 0x2f) return undefined;
    const packed = view.getUint32(21, true);
    const width = (packed & 0x3fff) + 1;
    return { width, height: ((packed >>> 14) & 0x3fff) + 1, isMore: false };
  }
  if (!hasText(bytes, 12, 'VP8X')) return undefined;
  const width = (view.getUint32(24, true) & 0xff_ffff) + 1;
  const height = (view.getUint32(26, true) >>> 8) + 1;
  return { width, height, isMore: (view.getUint8(20) & ANIMATION_OR_METADATA) !== 0 };
}
