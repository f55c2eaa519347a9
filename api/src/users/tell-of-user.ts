import type { Snowflake } from '@harmonium/api/ids';
import type { User } from '@harmonium/api/user';
import { eq } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { channels, members, users } from '../db/schema.ts';
import { heldRoles, memberOf } from '../members/member-of.ts';
import { userColumns, userOf } from './user-of.ts';

/** Tells everyone who shares a server with the user how they look now: their name, their picture. */
export async function tellOfUser(core: Core, userId: Snowflake): Promise<void> {
  const rows = await core.database.db
    .select({ member: members, user: userColumns, roles: heldRoles })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(members.userId, userId));
  for (const { member, user, roles } of rows) {
    const change = { type: 'member.updated', member: memberOf(member, user, roles) } as const;
    const told = core.announce('server', member.serverId, [{ type: 'member', change }]);
    // The server's room first: it hands out tickets to channels, and none may name the user as before.
    await tellChannels(core, member.serverId, userOf(user), told);
  }
  tellDevices(core, userId);
}

async function tellChannels(
  core: Core,
  serverId: Snowflake,
  user: User,
  told: Promise<void>,
): Promise<void> {
  const rows = await core.database.db
    .select({ id: channels.id })
    .from(channels)
    .where(eq(channels.serverId, serverId));
  for (const { id } of rows) void core.announce('main', id, [{ type: 'user.updated', user }], told);
}

/** Tells the user's own devices that their account is not what they think. */
export function tellDevices(core: Core, userId: Snowflake): void {
  void core.announce('user', userId, [{ type: 'me.updated' }]);
}
