import { z } from 'zod';
import { Snowflake } from '@harmonium/api/ids';
import { User } from '@harmonium/api/user';

/** One user in one call, as everyone who may view the channel sees it. */
export const VoiceState = z.object({
  channelId: Snowflake,
  user: User,
  muted: z.boolean(),
  deafened: z.boolean(),
  /** Where a moderator did it; `muted` and `deafened` are then true, too. */
  serverMuted: z.literal(true).optional(),
  serverDeafened: z.literal(true).optional(),
  speaking: z.boolean(),
  /** They send a camera's picture. */
  video: z.literal(true).optional(),
  /** They share a screen. */
  screen: z.literal(true).optional(),
  /** When the user joined, ISO 8601. */
  since: z.iso.datetime(),
});
export type VoiceState = z.infer<typeof VoiceState>;

/** An sfu repeats what it holds this often, in milliseconds. */
export const VOICE_SNAPSHOT_INTERVAL_MS = 4_000;

/** Whom no node spoke of for so long is in no call: no ghost outlives a crash by more. It may miss one. */
export const VOICE_EXPIRY_MS = 10_000;
