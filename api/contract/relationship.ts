import { z } from 'zod';
import { Snowflake } from './ids.ts';
import { User } from './user.ts';

/** Of one user: friends, requests and blocks together. */
export const MAX_RELATIONSHIPS = 1000;
/** Requests of one user that nobody has answered, in each direction. */
export const MAX_PENDING = 200;

/** How one user stands to another, as that one side sees it. A block is never seen by the other. */
export const Relationship = z.object({
  user: User,
  kind: z.enum(['friend', 'outgoing', 'incoming', 'blocked']),
  since: z.iso.datetime(),
});
export type Relationship = z.infer<typeof Relationship>;

/** Somebody by the whole of their name, or somebody one has met. */
export const AskFriend = z.union([
  z.object({ username: z.string().trim().min(1).max(64) }),
  z.object({ userId: Snowflake }),
]);
export type AskFriend = z.input<typeof AskFriend>;

/** `friend` asks, or accepts when the other asked; `blocked` ends whatever was between the two. */
export const SetRelationship = z.object({ kind: z.enum(['friend', 'blocked']) });
