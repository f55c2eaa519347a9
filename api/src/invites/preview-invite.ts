import type { InvitePreview } from '@harmonium/api/invite';
import { eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { invites, servers, users } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { userColumns } from '../users/user-of.ts';
import { isOpen, requireInviter } from './usable-invite.ts';

const memberCount = sql<string>`(
  select count(*)::text from members where members.server_id = servers.id
)`;

/** What the holder of a link may know before joining. */
export async function previewInvite(
  deps: Deps,
  code: string,
): Promise<z.infer<typeof InvitePreview>> {
  const [row] = await deps.database.db
    .select({ invite: invites, server: servers, inviter: userColumns, memberCount })
    .from(invites)
    .innerJoin(servers, eq(servers.id, invites.serverId))
    .innerJoin(users, eq(users.id, invites.creatorId))
    .where(isOpen(code, deps.now()));
  if (row === undefined) throw new Problem('invite_not_found');
  await requireInviter(deps.database.db, deps.now, row.invite);
  const { id, name, icon } = row.server;
  return {
    code,
    server: { id, name, icon },
    memberCount: Number(row.memberCount),
    inviter: row.inviter,
    expiresAt: row.invite.expiresAt?.toISOString() ?? null,
  };
}
