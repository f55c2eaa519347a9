import { z } from 'zod';
import { ChannelName } from './channel.ts';
import { Snowflake } from './ids.ts';
import { MAX_PARTICIPANTS } from './participants.ts';
import { User } from './user.ts';

/** Conversations in one answer, the ones written in last. */
export const MAX_CONVERSATIONS = 200;

/** Of a group; empty: called by who is in it. */
const GroupName = z.union([z.literal(''), ChannelName]);

/** A conversation of two, or of a group. Its messages, tickets and calls are those of a channel. */
export const DirectChannel = z.object({
  id: Snowflake,
  type: z.enum(['direct', 'group']),
  /** Empty in a conversation of two, and in a group that nobody has named. */
  name: z.string(),
  /** Of a group: who may remove people. */
  ownerId: Snowflake.nullable(),
  /** Everyone in it, the reader among them, in the order in which they came. */
  participants: z.array(User).max(MAX_PARTICIPANTS),
  /** The youngest message that is stored; null: none. */
  lastMessageId: Snowflake.nullable(),
});
export type DirectChannel = z.infer<typeof DirectChannel>;

export const OpenDirect = z.object({
  /** One: the conversation with them, made if there is none. More: a new group. */
  userIds: z
    .array(Snowflake)
    .min(1)
    .max(MAX_PARTICIPANTS - 1)
    .refine((list) => new Set<string>(list).size === list.length, {
      message: 'Somebody is there twice.',
    }),
  name: GroupName.optional(),
});
export type OpenDirect = z.input<typeof OpenDirect>;

export const EditDirect = z.object({ name: GroupName });
