import type { Snowflake } from '@harmonium/api/ids';
import { Permission, hasPermission } from '@harmonium/api/permissions';
import { asc, eq } from 'drizzle-orm';
import { permissionsIn, serverAccess } from '../../access.ts';
import { members } from '../../db/schema.ts';
import type { Deps } from '../../deps.ts';
import { loadStructure } from '../../servers/structure.ts';

/** The user's memberships, with the names of those channels they may view. */
export async function exportedServers(deps: Deps, userId: Snowflake) {
  const joined = await deps.database.db
    .select({ id: members.serverId })
    .from(members)
    .where(eq(members.userId, userId))
    .orderBy(asc(members.serverId));
  const exported = [];
  for (const { id } of joined) exported.push(await exportedServer(deps, userId, id));
  return exported;
}

async function exportedServer(deps: Deps, userId: Snowflake, serverId: Snowflake) {
  const { server, me, context, subject } = await serverAccess(deps, userId, serverId);
  const { channels, roles } = await loadStructure(deps.database.db, serverId);
  const held = new Set(me.roles);
  return {
    id: server.id,
    name: server.name,
    isOwner: server.ownerId === userId,
    nickname: me.nickname,
    joinedAt: me.joinedAt,
    roles: roles.filter(({ id }) => held.has(id)).map(({ id, name }) => ({ id, name })),
    channels: channels
      .filter((channel) =>
        hasPermission(permissionsIn(channel, context, subject), Permission.VIEW_CHANNEL),
      )
      .map(({ id, name, type }) => ({ id, name, type })),
  };
}
