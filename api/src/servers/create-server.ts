import type { Snowflake } from '@harmonium/api/ids';
import { DEFAULT_EVERYONE } from '@harmonium/api/permissions';
import type { Server } from '@harmonium/api/server';
import type { Core } from '../announce.ts';
import { channels, roles, servers } from '../db/schema.ts';
import { joinServer } from '../members/join-server.ts';
import { serverOf } from './server-of.ts';

/** A server with the role everybody holds, a text channel `general` and a voice channel `Lounge`. */
export async function createServer(core: Core, ownerId: Snowflake, name: string): Promise<Server> {
  const createdAt = new Date(core.now());
  const id = core.ids.next();
  const first = { serverId: id, createdAt };
  const general = {
    ...first,
    id: core.ids.next(),
    type: 'text',
    name: 'general',
    position: 0,
  } as const;
  const lounge = {
    ...first,
    id: core.ids.next(),
    type: 'voice',
    name: 'Lounge',
    position: 1,
  } as const;
  const row = { id, name, icon: null, theme: null, ownerId, createdAt };

  await core.database.db.transaction(async (tx) => {
    await tx.insert(servers).values(row);
    await tx
      .insert(roles)
      .values({ id, serverId: id, name: '@everyone', permissions: DEFAULT_EVERYONE, position: 0 });
    await tx.insert(channels).values([general, lounge]);
    await joinServer(tx, { serverId: id, userId: ownerId, joinedAt: createdAt });
  });
  const server = serverOf(row);
  void core.announce('user', ownerId, [{ type: 'server.joined', server }]);
  return server;
}
