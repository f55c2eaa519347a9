import { z } from 'zod';
import { Snowflake } from './ids.ts';

/** Different emoji on one message. */
export const MAX_REACTIONS = 20;
/** People with one emoji on one message. */
export const MAX_REACTORS = 5_000;

/** The recommended sequences of Unicode, whole: flags, skin tones and families are one each. */
const UNICODE_EMOJI = /^\p{RGI_Emoji}$/v;

/** One emoji of Unicode as its recommended sequence, or the id of one of the server's own. */
export const EmojiKey = z.union([
  z
    .string()
    .max(64)
    // No pattern: JSON Schema knows none of sequences.
    .refine((text) => UNICODE_EMOJI.test(text)),
  Snowflake,
]);
export type EmojiKey = z.infer<typeof EmojiKey>;
