/**
 * Makes pictures of what people send. Whatever goes in, what comes out is small enough for what it is
 * for, and says nothing of where it was taken.
 */
export interface Images {
  /** False where nothing can decode a picture: no blur, no thumbnail, nothing made smaller. */
  canScale: boolean;
  /**
   * A WebP of 256x256 pixels, cut to a square around the middle; where nothing can scale, the picture
   * as it is, so long as it fits already.
   */
  square(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | ImageProblem>;
  /**
   * A WebP of at most EMOJI_SIZE either way and MAX_EMOJI_BYTES, whole and moving if it moves; where
   * nothing can scale, the picture as it is, so long as it fits already. `image_too_big`: it has more
   * pixels or frames than are looked at, or moves too much to become small.
   */
  emoji(bytes: Uint8Array<ArrayBuffer>): Promise<EmojiPicture | ImageProblem>;
  /**
   * A picture as it is shared: upright, moving if it moves, and without metadata. `image_too_big` where
   * it has too many pixels to be looked at, or cannot be cleaned here.
   */
  share(bytes: Uint8Array<ArrayBuffer>): Promise<SharedPicture | ImageProblem>;
}

export interface EmojiPicture {
  bytes: Uint8Array<ArrayBuffer>;
  isAnimated: boolean;
}

export interface SharedPicture {
  bytes: Uint8Array<ArrayBuffer>;
  /** The media type of `bytes`. */
  type: string;
  width: number;
  height: number;
  /** What it looks like before it is there: a ThumbHash, in base64. Absent where nothing can decode it. */
  blur?: string;
  /** A WebP of at most THUMBNAIL_SIZE either way; absent of what is not larger, and of what moves. */
  thumbnail?: Uint8Array<ArrayBuffer>;
}

/** Pixels. */
export const THUMBNAIL_SIZE = 800;

/**
 * `bad_image`: no picture, damaged, or one of too many pixels. `image_too_big`: it would have to be
 * made smaller first, and not here.
 */
export type ImageProblem = 'bad_image' | 'image_too_big';

/** Decoding more than this costs memory that one request must not have: 50 megapixels. */
export const MAX_IMAGE_PIXELS = 50_000_000;

type ImageType = 'png' | 'jpeg' | 'gif' | 'webp' | 'avif';

/** What a file is by its first bytes, whatever it says it is; undefined: nothing we take. */
export function imageTypeOf(bytes: Uint8Array): ImageType | undefined {
  if (startsWith(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (startsWith(bytes, 0, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (hasText(bytes, 0, 'GIF87a') || hasText(bytes, 0, 'GIF89a')) return 'gif';
  if (hasText(bytes, 0, 'RIFF') && hasText(bytes, 8, 'WEBP')) return 'webp';
  if (hasText(bytes, 4, 'ftypavif') || hasText(bytes, 4, 'ftypavis')) return 'avif';
  return undefined;
}

export function hasText(bytes: Uint8Array, at: number, text: string): boolean {
  return startsWith(
    bytes,
    at,
    Array.from(text, (letter) => letter.charCodeAt(0)),
  );
}

function startsWith(bytes: Uint8Array, at: number, expected: readonly number[]): boolean {
  return expected.every((byte, index) => bytes[at + index] === byte);
}
