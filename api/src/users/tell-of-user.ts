import type { Snowflake } from '@harmonium/api/ids';
import { eq } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { members, users } from '../db/schema.ts';
import { heldRoles, memberOf } from '../members/member-of.ts';
import { roomsOf } from '../sessions/end-session.ts';
import { tellAcquaintances } from './tell-acquaintances.ts';
import { userColumns } from './user-of.ts';

/** Tells everyone who shares a server with the user how they look now: their name, their picture. */
export async function tellOfUser(core: Core, userId: Snowflake): Promise<void> {
  const rows = await core.database.db
    .select({ member: members, user: userColumns, roles: heldRoles })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(members.userId, userId));
  const told = new Map<Snowflake, Promise<void>>();
  for (const { member, user, roles } of rows) {
    const change = { type: 'member.updated', member: memberOf(member, user, roles) } as const;
    told.set(
      member.serverId,
      core.announce('server', member.serverId, [{ type: 'member', change }]),
    );
  }
  tellDevices(core, userId);
  const [user] = await core.database.db.select(userColumns).from(users).where(eq(users.id, userId));
  if (user === undefined) return;
  core.background(
    tellAcquaintances(core, user).catch((error: unknown) => {
      core.log.warn('friends were not told how somebody looks now', { userId, error });
    }),
  );
  const event = { type: 'user.updated', user } as const;
  const { rooms } = await roomsOf(core, userId);
  // Servers' rooms first: they hand out tickets to channels, and none may name the user as before.
  for (const { serverId, channelId } of rooms) {
    void core.announce('main', channelId, [event], told.get(serverId));
  }
}

/** Tells the user's own devices that their account is not what they think. */
export function tellDevices(core: Core, userId: Snowflake): void {
  void core.announce('user', userId, [{ type: 'me.updated' }]);
}
