import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import type { Core } from '../announce.ts';
import { memberIn, requireBelow } from '../members/member-below.ts';
import { removeMember } from '../members/remove-member.ts';
import { ranksOf } from '../roles/ranking.ts';
import { administer } from '../servers/administer.ts';

export async function kickMember(
  core: Core,
  callerId: Snowflake,
  { serverId, userId }: { serverId: Snowflake; userId: Snowflake },
  reason?: string,
): Promise<void> {
  const needed = Permission.KICK_MEMBERS;
  const by = { userId: callerId, serverId, needed };
  await administer(core, by, async ({ tx, rev, log, access }) => {
    const member = await memberIn(tx, serverId, userId);
    requireBelow(await ranksOf(tx, access), member);
    await log({ action: 'member.kick', targetId: userId, reason });
    return { answer: undefined, ...(await removeMember(core, tx, { serverId, userId, rev })) };
  });
}
