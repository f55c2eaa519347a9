import { z } from 'zod';
import { nameText } from './name-text.ts';
import { Snowflake } from './ids.ts';
import { PermissionSet } from './permissions.ts';
import { Placement, placements } from './placement.ts';

export const MAX_CHANNELS = 500;
export const MAX_CATEGORIES = 50;
/** Of a server. When one more begins, the one that was silent longest is archived. */
export const MAX_ACTIVE_THREADS = 100;
/** A thread in which nobody writes for so long is archived, in milliseconds. */
export const THREAD_IDLE_MS = 3 * 24 * 60 * 60 * 1000;
/** Of one channel. */
export const MAX_OVERRIDES = 100;

export const ChannelName = nameText(100);
export const ChannelTopic = z.string().trim().max(1024);
/** Seconds a member waits between two messages; 0 is off. */
export const Slowmode = z.number().int().min(0).max(21_600);

export const ChannelOverride = z.object({
  kind: z.enum(['role', 'member']),
  targetId: Snowflake,
  allow: PermissionSet,
  deny: PermissionSet,
});
export type ChannelOverride = z.infer<typeof ChannelOverride>;

const isEither = ({ allow, deny }: { allow: PermissionSet; deny: PermissionSet }) =>
  (BigInt(allow) & BigInt(deny)) === 0n;
const EITHER = { message: 'A permission is both allowed and denied.' };

/** A bit is allowed, denied, or left as it is: never both. */
export const SetOverride = ChannelOverride.omit({ targetId: true }).refine(isEither, EITHER);

export const Channel = z.object({
  id: Snowflake,
  serverId: Snowflake,
  categoryId: Snowflake.nullable(),
  type: z.enum(['text', 'voice', 'thread']),
  /** Of a thread: the channel whose permissions it has, and its message with which it begins. */
  parentId: Snowflake.optional(),
  starterId: Snowflake.optional(),
  /** Of a thread: who began it; absent where the account is gone. */
  ownerId: Snowflake.optional(),
  /** Of a thread: nobody has written in it for a while, and it is not among the server's channels. */
  archived: z.literal(true).optional(),
  name: z.string(),
  topic: z.string(),
  position: z.number().int(),
  slowmode: Slowmode,
  overrides: z.array(ChannelOverride),
});
export type Channel = z.infer<typeof Channel>;

export const Category = z.object({
  id: Snowflake,
  serverId: Snowflake,
  name: z.string(),
  position: z.number().int(),
});
export type Category = z.infer<typeof Category>;

export const CreateChannel = z.object({
  name: ChannelName,
  type: z.enum(['text', 'voice']),
  categoryId: Snowflake.optional(),
  topic: ChannelTopic.optional(),
  slowmode: Slowmode.optional(),
  /** A private channel is private from its first moment. */
  overrides: z
    .array(ChannelOverride.refine(isEither, EITHER))
    .max(MAX_OVERRIDES)
    .refine((list) => new Set(list.map(({ targetId }) => String(targetId))).size === list.length, {
      message: 'A role or member is there twice.',
    })
    .optional(),
});
export type CreateChannel = z.input<typeof CreateChannel>;

export const EditChannel = z.object({
  name: ChannelName.optional(),
  topic: ChannelTopic.optional(),
  slowmode: Slowmode.optional(),
  /** Of a thread. */
  archived: z.boolean().optional(),
});
export type EditChannel = z.input<typeof EditChannel>;

export const EditCategory = z.object({ name: ChannelName });

export const PlaceChannels = placements(
  Placement.extend({
    /** Absent: it stays where it is; null: it leaves its category. */
    categoryId: Snowflake.nullable().optional(),
  }),
  MAX_CHANNELS,
);
export const PlaceCategories = placements(Placement, MAX_CATEGORIES);
