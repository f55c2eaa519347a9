import type { Snowflake } from '@harmonium/api/ids';
import { NO_PERMISSIONS, Permission, hasPermission } from '@harmonium/api/permissions';
import type { Core } from '../announce.ts';
import { memberIn } from '../members/member-below.ts';
import { Problem } from '../problem.ts';
import { administer } from '../servers/administer.ts';
import { findPlace, notInACall, seenBy } from './place-in-call.ts';

/** Takes a member out of the call they are in; they may come back. */
export async function takeOut(
  core: Core,
  callerId: Snowflake,
  { serverId, userId }: { serverId: Snowflake; userId: Snowflake },
  reason?: string,
): Promise<void> {
  const by = { userId: callerId, serverId, needed: NO_PERMISSIONS };
  const placeId = await findPlace(core, { serverId, userId });
  await administer(core, by, async ({ tx, log, access }) => {
    await memberIn(tx, serverId, userId);
    const seen = await seenBy(core, tx, callerId, placeId);
    const held = seen?.permissions ?? access.permissions;
    if (!hasPermission(held, Permission.MOVE_MEMBERS)) throw new Problem('forbidden');
    if (seen === undefined) throw notInACall();
    const { channel } = seen;
    await log({ action: 'member.disconnect', targetId: userId, channel, reason });
    await core.sfus.disconnect({ userId, serverId, channelId: channel.id, end: 'disconnected' });
    return { answer: undefined };
  });
}
