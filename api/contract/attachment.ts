import { z } from 'zod';
import { Snowflake } from './ids.ts';

/** Files in one message. */
export const MAX_ATTACHMENTS = 10;
export const MAX_FILE_NAME_LENGTH = 255;

/** Pixels. */
const Extent = z.number().int().min(1).max(100_000);

/** A file of a message, as its bytes proved to be; where they are to be had is asked for apart. */
export const Attachment = z.object({
  id: Snowflake,
  name: z.string().min(1).max(MAX_FILE_NAME_LENGTH),
  /** In bytes. */
  size: z.number().int().positive(),
  /** The media type, as `image/png`. */
  type: z.string().max(127),
  /** Of images and videos. */
  width: Extent.optional(),
  height: Extent.optional(),
  /** What an image looks like before it is there: a ThumbHash, in base64. */
  blur: z.string().max(64).optional(),
});
export type Attachment = z.infer<typeof Attachment>;
