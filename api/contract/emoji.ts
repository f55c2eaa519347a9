import { z } from 'zod';
import { Snowflake } from './ids.ts';
import { User } from './user.ts';

/** Different emoji on one message. */
export const MAX_REACTIONS = 20;
/** People with one emoji on one message. */
export const MAX_REACTORS = 5_000;
/** A server's own. */
export const MAX_EMOJIS = 200;

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

/** As it is typed between colons; unlike any other of its server. */
export const EmojiName = z
  .string()
  .trim()
  .toLowerCase()
  .min(2)
  .max(32)
  .regex(/^[a-z0-9_]+$/);

/** A picture that a server's members write and react with. */
export const Emoji = z.object({
  id: Snowflake,
  serverId: Snowflake,
  name: z.string(),
  /** Address of a WebP of at most 128 pixels either way. */
  image: z.string(),
  animated: z.boolean(),
});
export type Emoji = z.infer<typeof Emoji>;

/** One that is met outside of its server: which one that is, is nobody's business there. */
export const MetEmoji = Emoji.omit({ serverId: true });
export type MetEmoji = z.infer<typeof MetEmoji>;

/** With who added it, for those who look after them. */
export const ListedEmoji = Emoji.extend({ creator: User, createdAt: z.iso.datetime() });
export type ListedEmoji = z.infer<typeof ListedEmoji>;

export const NameEmoji = z.object({ name: EmojiName });
export type NameEmoji = z.input<typeof NameEmoji>;
