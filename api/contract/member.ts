import { z } from 'zod';
import { Snowflake } from './ids.ts';
import { User } from './user.ts';

export const Member = z.object({
  user: User,
  serverId: Snowflake,
  nickname: z.string().nullable(),
  /** Ids of the roles held beside @everyone. */
  roles: z.array(Snowflake),
  joinedAt: z.iso.datetime(),
  timeoutUntil: z.iso.datetime().nullable(),
});
export type Member = z.infer<typeof Member>;

export const MemberQuery = z.object({
  after: Snowflake.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  query: z.string().trim().max(32).optional(),
});
