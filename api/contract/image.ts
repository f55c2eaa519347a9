import { z } from 'zod';

/** Width and height of every avatar and icon, in pixels. */
export const IMAGE_SIZE = 256;
/** An emoji's larger side, in pixels, at most; its bytes, also where it moves. */
export const EMOJI_SIZE = 128;
export const MAX_EMOJI_BYTES = 512 * 1024;
/** A picture made ready by the sender is taken as it is up to this size, where nothing can scale. */
export const MAX_READY_IMAGE_BYTES = 256 * 1024;

/**
 * Any of these comes out as a WebP without metadata: of 256x256 pixels, cut to a square; as an emoji
 * whole, and moving if it moves.
 */
export const IMAGE_UPLOAD = {
  maxBytes: 8 * 1024 * 1024,
  types: ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif'],
} as const;

/** Pictures that somebody sent of themselves, of a server, or as an emoji. */
const OwnImageKind = z.enum(['avatars', 'icons', 'emojis']);
export type OwnImageKind = z.infer<typeof OwnImageKind>;

/** Of previews, which are at most 800 pixels either way, the id is the channel's. */
export const ImageKind = z.enum([...OwnImageKind.options, 'previews']);
export type ImageKind = z.infer<typeof ImageKind>;
