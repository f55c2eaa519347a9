import type { Snowflake } from '@harmonium/api/ids';
import { NO_PERMISSIONS } from '@harmonium/api/permissions';
import type { Core } from '../announce.ts';
import { Problem } from '../problem.ts';
import { administer } from '../servers/administer.ts';
import { removeMember } from './remove-member.ts';

/** Leaves a server: live connections to it and to its channels close. */
export async function leaveServer(
  core: Core,
  userId: Snowflake,
  serverId: Snowflake,
): Promise<void> {
  const needed = NO_PERMISSIONS;
  await administer(core, { userId, serverId, needed }, async ({ tx, rev, access }) => {
    if (access.server.ownerId === userId) throw new Problem('owner_cannot_leave');
    return { answer: undefined, ...(await removeMember(core, tx, { serverId, userId, rev })) };
  });
}
