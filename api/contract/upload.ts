import { z } from 'zod';
import { Attachment } from './attachment.ts';
import { Snowflake } from './ids.ts';

/** The largest upload there can be, whatever an instance allows. */
export const MAX_UPLOAD_BYTES = 2 ** 31 - 1;
/** Attachments whose addresses can be asked for at once. */
export const MAX_ASKED_ATTACHMENTS = 100;

/** Promises a file to a channel: these bytes and no others may then be sent. */
export const CreateUpload = z.object({
  channelId: Snowflake,
  /** As the sender's disk has it; what no name may hold is taken out. */
  name: z.string().min(1).max(1024),
  /** In bytes, exactly. */
  size: z.number().int().min(1).max(MAX_UPLOAD_BYTES),
  /** What the sender takes it for. What it is, its bytes decide. */
  type: z.string().max(255).optional(),
});
export type CreateUpload = z.input<typeof CreateUpload>;

/** Where the bytes go, within the hour, and how: the browser sends them there itself. */
export const Upload = z.object({
  id: Snowflake,
  uploadUrl: z.string(),
  method: z.literal('PUT'),
  /** To be sent exactly as they are. */
  headers: z.record(z.string(), z.string()),
});
export type Upload = z.infer<typeof Upload>;

export const CompletedUpload = z.object({
  attachment: Attachment,
  /** For `message.send`, by the same user in the same channel, within a day. */
  ticket: z.string(),
});
export type CompletedUpload = z.infer<typeof CompletedUpload>;

export const AskAttachments = z.object({
  ids: z.array(Snowflake).min(1).max(MAX_ASKED_ATTACHMENTS),
});
export type AskAttachments = z.input<typeof AskAttachments>;

/**
 * Where the bytes of an attachment are read, ranges included, by whoever has the address, until
 * `expiresAt`, an hour or more from now. Asked again within the same hour of the clock it is the
 * same address, so that a browser's cache holds.
 */
export const AttachmentAddress = z.object({
  id: Snowflake,
  /** Shown in place where a browser can without danger, else saved. */
  url: z.string(),
  /** Saved under its name, whatever it is. */
  downloadUrl: z.string(),
  /** A WebP of at most 800 pixels either way, of pictures that are larger. */
  thumbnailUrl: z.string().optional(),
  expiresAt: z.iso.datetime(),
});
export type AttachmentAddress = z.infer<typeof AttachmentAddress>;
