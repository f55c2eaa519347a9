import type { Ban, CreateBan } from '@harmonium/api/ban';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Core } from '../announce.ts';
import { bans, users } from '../db/schema.ts';
import { findMember } from '../members/find-member.ts';
import { requireBelow } from '../members/member-below.ts';
import { removeMember } from '../members/remove-member.ts';
import { purgeAuthor } from '../messages/purge.ts';
import { Problem } from '../problem.ts';
import { ranksOf } from '../roles/ranking.ts';
import { administer } from '../servers/administer.ts';
import type { Transaction } from '../servers/structure.ts';
import { userColumns } from '../users/user-of.ts';
import { banOf } from './ban-of.ts';

/** Bans a member, or somebody who is none; to be banned again changes the reason. */
export async function banUser(
  core: Core,
  callerId: Snowflake,
  { serverId, userId }: { serverId: Snowflake; userId: Snowflake },
  { reason, deleteMessageSeconds = 0 }: z.output<typeof CreateBan>,
): Promise<Ban> {
  const needed = Permission.BAN_MEMBERS;
  const by = { userId: callerId, serverId, needed };
  const ban = await administer(core, by, async ({ tx, rev, log, access }) => {
    const user = await lockUser(tx, userId);
    const member = await findMember(tx, serverId, userId);
    if (member !== undefined) requireBelow(await ranksOf(tx, access), member);
    const values = {
      reason: reason === undefined || reason === '' ? null : reason,
      createdBy: callerId,
      createdAt: new Date(core.now()),
    };
    const row = { serverId, userId, ...values };
    await tx
      .insert(bans)
      .values(row)
      .onConflictDoUpdate({ target: [bans.serverId, bans.userId], set: values });
    const after = { deleteMessageSeconds };
    await log({ action: 'member.ban', targetId: userId, after, reason });
    const removed = await removeMember(core, tx, { serverId, userId, rev });
    return { answer: banOf(row, user), ...removed };
  });
  if (deleteMessageSeconds > 0) {
    const since = core.now() - deleteMessageSeconds * 1000;
    await purgeAuthor(core, { serverId, authorId: userId, since, by: callerId });
  }
  return ban;
}

/** The lock that joining takes too: who joins at this very moment is banned after or refused. */
async function lockUser(tx: Transaction, userId: Snowflake) {
  const [user] = await tx
    .select(userColumns)
    .from(users)
    .where(eq(users.id, userId))
    .for('no key update');
  if (user === undefined) throw new Problem('not_found');
  return user;
}
