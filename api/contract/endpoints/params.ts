import { z } from 'zod';
import { EmojiKey } from '../emoji.ts';
import { Snowflake } from '../ids.ts';

export const ById = z.object({ id: Snowflake });
/** A message (`mid`) in a channel (`id`). */
export const MessageById = z.object({ id: Snowflake, mid: Snowflake });
/** An emoji on a message, percent-encoded as in any address. */
export const ReactionByEmoji = MessageById.extend({ emoji: EmojiKey });
/** The same of one user (`uid`). */
export const ReactionByUser = ReactionByEmoji.extend({ uid: Snowflake });
/** An emoji (`eid`) of a server (`id`). */
export const EmojiById = z.object({ id: Snowflake, eid: Snowflake });
/** A role (`rid`) of a server (`id`). */
export const RoleById = z.object({ id: Snowflake, rid: Snowflake });
/** A member, or whoever is banned, by their user (`uid`). */
export const MemberById = z.object({ id: Snowflake, uid: Snowflake });
export const MemberRoleById = MemberById.extend({ rid: Snowflake });
/** A channel's override for a role or a user (`targetId`). */
export const OverrideById = z.object({ id: Snowflake, targetId: Snowflake });
