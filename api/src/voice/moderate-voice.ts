import type { Snowflake } from '@harmonium/api/ids';
import { NO_PERMISSIONS, Permission, hasPermission } from '@harmonium/api/permissions';
import type { Permissions } from '@harmonium/api/permissions';
import type { ModerateVoice, ServerVoice } from '@harmonium/api/voice';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { channelStandings, serverChannelAccess } from '../access.ts';
import type { ServerChannelAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { members } from '../db/schema.ts';
import { memberIn } from '../members/member-below.ts';
import { changedFields } from '../moderation/audit.ts';
import { Problem } from '../problem.ts';
import { administer } from '../servers/administer.ts';
import type { Desk } from '../servers/administer.ts';
import { refreshCalls } from '../tickets/refresh-calls.ts';
import { findPlace, notInACall, seenBy } from './place-in-call.ts';
import { serverVoice } from './server-voice.ts';

interface Whom {
  serverId: Snowflake;
  userId: Snowflake;
}

/** What one part of it is decided by. */
interface Case extends Desk, Whom {
  callerId: Snowflake;
  /** Where they are, as far as the caller may know. */
  seen: ServerChannelAccess | undefined;
  reason: string | undefined;
}

/**
 * Mutes, deafens and moves a member, all of it or nothing. Each needs its permission in the channel
 * whose call they are in, and where they are in none that the caller sees, in the server.
 */
export async function moderateVoice(
  core: Core,
  callerId: Snowflake,
  { serverId, userId }: Whom,
  wanted: z.output<typeof ModerateVoice>,
): Promise<ServerVoice> {
  const by = { userId: callerId, serverId, needed: NO_PERMISSIONS };
  const placeId = await findPlace(core, { serverId, userId });
  return administer(core, by, async (desk) => {
    await memberIn(desk.tx, serverId, userId);
    const seen = await seenBy(core, desk.tx, callerId, placeId);
    const held = seen?.permissions ?? desk.access.permissions;
    if (!hasPermission(held, neededFor(wanted))) throw new Problem('forbidden');
    const about: Case = { ...desk, serverId, userId, callerId, seen, reason: wanted.reason };
    const { isNew, ...made } = await setVoice(about, wanted);
    if (wanted.channelId !== undefined) await move(core, about, wanted.channelId);
    const tell = () => refreshCalls(core, { serverId, userIds: [userId] });
    return { answer: made, afterwards: isNew ? tell : undefined };
  });
}

function neededFor({ muted, deafened, channelId }: z.output<typeof ModerateVoice>): Permissions {
  return (
    (muted === undefined ? 0n : Permission.MUTE_MEMBERS) |
    (deafened === undefined ? 0n : Permission.DEAFEN_MEMBERS) |
    (channelId === undefined ? 0n : Permission.MOVE_MEMBERS)
  );
}

async function setVoice(
  { tx, log, serverId, userId, seen, reason }: Case,
  { muted, deafened }: z.output<typeof ModerateVoice>,
): Promise<ServerVoice & { isNew: boolean }> {
  const made = (await serverVoice(tx, serverId, [userId])).get(userId);
  const before = { muted: made?.serverMuted === true, deafened: made?.serverDeafened === true };
  const after = { muted: muted ?? before.muted, deafened: deafened ?? before.deafened };
  const changed = changedFields(before, after);
  if (changed === undefined) return { ...after, isNew: false };
  await tx
    .update(members)
    .set({ serverMuted: after.muted, serverDeafened: after.deafened })
    .where(and(eq(members.serverId, serverId), eq(members.userId, userId)));
  const channel = seen?.channel;
  await log({ action: 'member.voice', targetId: userId, channel, ...changed, reason });
  return { ...after, isNew: true };
}

/** Who is moved has to be allowed into the other call by themselves. */
async function move(core: Core, about: Case, to: Snowflake): Promise<void> {
  const { tx, log, serverId, userId, callerId, seen, reason } = about;
  const within = { now: core.now, database: { db: tx } };
  const needed = Permission.MOVE_MEMBERS | Permission.CONNECT;
  const { channel } = await serverChannelAccess(within, callerId, to, needed);
  if (channel.serverId !== serverId) throw new Problem('not_found');
  if (channel.type !== 'voice') {
    throw new Problem('bad_request', { message: 'Only voice channels hold calls.' });
  }
  if (seen === undefined) throw notInACall();
  if (seen.channel.id === to) return;
  const [standing] = await channelStandings(within, to, [userId]);
  if (!hasPermission(BigInt(standing?.permissions ?? 0), Permission.CONNECT)) {
    throw new Problem('forbidden', { message: 'They may not connect there.' });
  }
  await log({ action: 'member.move', targetId: userId, channel, reason });
  if (!(await core.sfus.move({ userId, channelId: seen.channel.id, to }))) throw notInACall();
}
