import type { Snowflake } from '@harmonium/api/ids';
import { Permission, hasPermission } from '@harmonium/api/permissions';
import { eq } from 'drizzle-orm';
import { serverAccess } from '../access.ts';
import { invites } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { audit } from '../moderation/audit.ts';
import { Problem } from '../problem.ts';

/** Its creator may, and who manages the server. To strangers the invite is not there. */
export async function revokeInvite(deps: Deps, userId: Snowflake, code: string): Promise<void> {
  const { db } = deps.database;
  const [invite] = await db.select().from(invites).where(eq(invites.code, code));
  if (invite === undefined) throw new Problem('invite_not_found');
  const { permissions } = await serverAccess(deps, userId, invite.serverId).catch(asUnknown);
  const mayRevoke =
    invite.creatorId === userId || hasPermission(permissions, Permission.MANAGE_SERVER);
  if (!mayRevoke) throw new Problem('forbidden');
  await db.transaction(async (tx) => {
    const [gone] = await tx.delete(invites).where(eq(invites.code, code)).returning();
    if (gone === undefined) return;
    const { serverId, uses } = gone;
    const act = { serverId, actorId: userId, action: 'invite.delete' } as const;
    await audit(deps, tx, { ...act, before: { code, uses } });
  });
}

/** A code that was never made is answered with the same words. */
function asUnknown(problem: unknown): never {
  const isHidden = problem instanceof Problem && problem.code === 'not_found';
  throw isHidden ? new Problem('invite_not_found', { cause: problem }) : problem;
}
