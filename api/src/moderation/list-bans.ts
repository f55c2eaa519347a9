import type { Ban, BanQuery } from '@harmonium/api/ban';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { and, asc, eq, gt } from 'drizzle-orm';
import type { z } from 'zod';
import { serverAccess } from '../access.ts';
import { bans, users } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { userColumns } from '../users/user-of.ts';
import { banOf } from './ban-of.ts';

export async function listBans(
  deps: Deps,
  userId: Snowflake,
  serverId: Snowflake,
  { after, limit }: z.output<typeof BanQuery>,
): Promise<Ban[]> {
  await serverAccess(deps, userId, serverId, Permission.BAN_MEMBERS);
  const later = after === undefined ? undefined : gt(bans.userId, after);
  const rows = await deps.database.db
    .select({ ban: bans, user: userColumns })
    .from(bans)
    .innerJoin(users, eq(users.id, bans.userId))
    .where(and(eq(bans.serverId, serverId), later))
    .orderBy(asc(bans.userId))
    .limit(limit);
  return rows.map(({ ban, user }) => banOf(ban, user));
}
