import { z } from 'zod';
import { nameText } from './name-text.ts';
import { Snowflake } from './ids.ts';
import { MAX_ROLES } from './role.ts';
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
  /** Only who holds this role. */
  role: Snowflake.optional(),
});

/** The longest timeout, in milliseconds: 28 days. */
export const MAX_TIMEOUT_MS = 28 * 24 * 60 * 60 * 1000;

const Nickname = nameText(32);

export const EditMember = z.object({
  /** Null: the account's own name. */
  nickname: Nickname.nullable().optional(),
  /** All roles to hold beside @everyone. */
  roles: z.array(Snowflake).max(MAX_ROLES).optional(),
  /** Null, or a moment in the past: the timeout ends. */
  timeoutUntil: z.iso.datetime().nullable().optional(),
});
export type EditMember = z.input<typeof EditMember>;
