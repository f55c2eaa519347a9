import type { Snowflake } from '@harmonium/api/ids';
import { MAX_SERVERS_PER_USER } from '@harmonium/api/server';
import type { Server } from '@harmonium/api/server';
import { asc, eq } from 'drizzle-orm';
import { members, servers } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { serverOf } from './server-of.ts';

/** In the order they were joined. */
export async function listOwnServers(deps: Deps, userId: Snowflake): Promise<Server[]> {
  const rows = await deps.database.db
    .select({ server: servers })
    .from(members)
    .innerJoin(servers, eq(servers.id, members.serverId))
    .where(eq(members.userId, userId))
    .orderBy(asc(members.joinedAt), asc(servers.id))
    .limit(MAX_SERVERS_PER_USER);
  return rows.map(({ server }) => serverOf(server));
}
