import type { Snowflake } from '@harmonium/api/ids';
import { and, eq, isNull } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { channels, members, sessions } from '../db/schema.ts';
import { endCalls } from '../tickets/end-calls.ts';
import { rememberRevoked } from './revoked.ts';

/** Channel rooms told of an ended session; a user of more channels has their sockets die by ticket. */
const MAX_ROOMS = 1000;

/** Ends a login: its tokens are void at once, and its sockets and calls close. */
export async function endSession(
  core: Core,
  { id, userId }: { id: Snowflake; userId: Snowflake },
): Promise<void> {
  const [ended] = await core.database.db
    .update(sessions)
    .set({ revokedAt: new Date(core.now()) })
    .where(and(eq(sessions.id, id), isNull(sessions.revokedAt)))
    .returning({ id: sessions.id });
  if (ended === undefined) return;
  await rememberRevoked(core, id);

  const revoke = { type: 'revoke', userId, sessionId: id, reason: 'session_revoked' } as const;
  void core.announce('user', userId, [revoke]);
  const { servers, rooms } = await roomsOf(core, userId);
  const told = new Map(
    [...servers].map((serverId) => [serverId, core.announce('server', serverId, [revoke])]),
  );
  // Servers' rooms first: they hand out tickets to channels, and none may be younger than this.
  for (const { serverId, channelId } of rooms) {
    void core.announce('main', channelId, [revoke], told.get(serverId));
  }
  endCalls(core, { userId, sessionId: id });
}

/** Rooms a user may be connected to. */
async function roomsOf(core: Core, userId: Snowflake) {
  const rows = await core.database.db
    .select({ serverId: members.serverId, channelId: channels.id })
    .from(members)
    .leftJoin(channels, eq(channels.serverId, members.serverId))
    .where(eq(members.userId, userId))
    .limit(MAX_ROOMS);
  return {
    servers: new Set(rows.map(({ serverId }) => serverId)),
    rooms: rows.flatMap(({ serverId, channelId }) =>
      channelId === null ? [] : [{ serverId, channelId }],
    ),
  };
}
