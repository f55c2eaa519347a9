import type { Snowflake } from '@harmonium/api/ids';
import { and, asc, eq, gt, isNull, ne } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import type { Database } from '../db/database.ts';
import { readAll } from '../db/read-all.ts';
import { channels, members, sessions } from '../db/schema.ts';
import { directRoomsOf } from '../direct/rooms-of.ts';
import type { Transaction } from '../servers/structure.ts';
import { endCalls } from '../tickets/end-calls.ts';
import { rememberRevoked } from './revoked.ts';

/** Which of a user's logins: one, all but one, or all. */
interface Which {
  userId: Snowflake;
  only?: Snowflake;
  except?: Snowflake;
}

/** Ends a login: its tokens are void at once, and its sockets and calls close. False: it had ended. */
export async function endSession(
  core: Core,
  { id, userId }: { id: Snowflake; userId: Snowflake },
): Promise<boolean> {
  const ended = await markEnded(core.database.db, core.now(), { userId, only: id });
  await closeSessions(core, userId, ended);
  return ended.length > 0;
}

/**
 * Makes refresh tokens void, as part of the change that asks for it. Once that is committed
 * `closeSessions` does the rest.
 */
export async function markEnded(
  db: Database | Transaction,
  now: number,
  { userId, only, except }: Which,
): Promise<Snowflake[]> {
  const ended = await db
    .update(sessions)
    .set({ revokedAt: new Date(now) })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        only === undefined ? undefined : eq(sessions.id, only),
        except === undefined ? undefined : ne(sessions.id, except),
      ),
    )
    .returning({ id: sessions.id });
  return ended.map(({ id }) => id);
}

/** Voids the access tokens of ended logins, and closes their sockets and calls. */
export async function closeSessions(
  core: Core,
  userId: Snowflake,
  ended: readonly Snowflake[],
): Promise<void> {
  if (ended.length === 0) return;
  await Promise.all(ended.map((id) => rememberRevoked(core, id)));

  const revokes = ended.map(
    (sessionId) => ({ type: 'revoke', userId, sessionId, reason: 'session_revoked' }) as const,
  );
  void core.announce('user', userId, revokes);
  const { servers, rooms } = await roomsOf(core, userId);
  const told = new Map(
    [...servers].map((serverId) => [serverId, core.announce('server', serverId, revokes)]),
  );
  // Servers' rooms first: they hand out tickets to channels, and none may be younger than this.
  for (const { serverId, channelId } of rooms) {
    void core.announce('main', channelId, revokes, told.get(serverId));
  }
  for (const id of await directRoomsOf(core, userId)) void core.announce('main', id, revokes);
  for (const sessionId of ended) endCalls(core, { userId, sessionId });
}

/** Rooms a user may be connected to. */
export async function roomsOf(core: Core, userId: Snowflake) {
  const { db } = core.database;
  const isTheirs = eq(members.userId, userId);
  const servers = await db.select({ id: members.serverId }).from(members).where(isTheirs);
  const rooms = await readAll((after, limit) =>
    db
      .select({ serverId: members.serverId, id: channels.id })
      .from(members)
      .innerJoin(channels, eq(channels.serverId, members.serverId))
      .where(and(isTheirs, gt(channels.id, after)))
      .orderBy(asc(channels.id))
      .limit(limit),
  );
  return {
    servers: new Set(servers.map(({ id }) => id)),
    rooms: rooms.map(({ serverId, id }) => ({ serverId, channelId: id })),
  };
}
