import type { Snowflake } from '@harmonium/api/ids';
import type { CreateInvite, Invite } from '@harmonium/api/invite';
import { Permission } from '@harmonium/api/permissions';
import { and, count, eq } from 'drizzle-orm';
import { serverAccess } from '../access.ts';
import { invites, members } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { audit } from '../moderation/audit.ts';
import { Problem } from '../problem.ts';
import { newInviteCode } from './invite-code.ts';
import type { Transaction } from '../servers/structure.ts';
import { inviteOf } from './invite-of.ts';

/** Also the longest list of invites. */
export const MAX_INVITES = 1000;

export async function createInvite(
  deps: Deps,
  userId: Snowflake,
  serverId: Snowflake,
  { maxUses = 0, expiresIn }: CreateInvite,
): Promise<Invite> {
  const { me } = await serverAccess(deps, userId, serverId, Permission.CREATE_INVITE);
  const { db } = deps.database;
  const [held] = await db
    .select({ invites: count() })
    .from(invites)
    .where(eq(invites.serverId, serverId));
  if ((held?.invites ?? 0) >= MAX_INVITES) throw new Problem('limit_reached');
  const row = {
    code: newInviteCode(),
    serverId,
    creatorId: userId,
    uses: 0,
    maxUses: maxUses === 0 ? null : maxUses,
    expiresAt: expiresIn === undefined ? null : new Date(deps.now() + expiresIn * 1000),
    createdAt: new Date(deps.now()),
  };
  const invite = inviteOf(row, me.user);
  await db.transaction(async (tx) => {
    await requireStaying(tx, serverId, userId);
    await tx.insert(invites).values(row);
    const { code, maxUses: bound, expiresAt } = invite;
    const after = { code, maxUses: bound, expiresAt };
    await audit(deps, tx, { serverId, actorId: userId, action: 'invite.create', after });
  });
  return invite;
}

/** Whoever is removed at this very moment takes the invite along, or makes none. */
async function requireStaying(tx: Transaction, serverId: Snowflake, userId: Snowflake) {
  const [member] = await tx
    .select({ userId: members.userId })
    .from(members)
    .where(and(eq(members.serverId, serverId), eq(members.userId, userId)))
    .for('key share');
  if (member === undefined) throw new Problem('not_found');
}
