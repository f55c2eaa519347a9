import type { Holder, Ranking } from '@harmonium/api/hierarchy';
import type { Snowflake } from '@harmonium/api/ids';
import { asc, eq } from 'drizzle-orm';
import type { ServerAccess } from '../access.ts';
import type { Database } from '../db/database.ts';
import { roles } from '../db/schema.ts';
import type { Transaction } from '../servers/structure.ts';

/** A row of each role of a server, lowest first. */
export async function rolesOf(db: Database | Transaction, serverId: Snowflake) {
  return db
    .select()
    .from(roles)
    .where(eq(roles.serverId, serverId))
    .orderBy(asc(roles.position), asc(roles.id));
}

export type RoleRow = Awaited<ReturnType<typeof rolesOf>>[number];

/** Who stands above whom, with the caller's own place in it. */
export interface Ranks extends Ranking {
  serverId: Snowflake;
  roles: RoleRow[];
  caller: Holder;
}

export async function ranksOf(
  tx: Transaction,
  { server, me }: Pick<ServerAccess, 'server' | 'me'>,
): Promise<Ranks> {
  const { id: serverId, ownerId } = server;
  const caller = { userId: me.user.id, roleIds: new Set(me.roles) };
  return { serverId, ownerId, roles: await rolesOf(tx, serverId), caller };
}
