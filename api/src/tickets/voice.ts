import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { TICKET_TTL_S, type VoiceTicketClaims } from '@harmonium/api/ticket';
import type { VoiceTicket } from '@harmonium/api/voice';
import { channelAccess } from '../access.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import type { Caller } from '../sessions/access-token.ts';
import { findUser } from '../users/find-user.ts';
import { userOf } from '../users/user-of.ts';
import type { SfuChoice } from '../sfus.ts';
import { serverVoice } from '../voice/server-voice.ts';

/** A ticket to the call of a voice channel, on the node that holds it. */
export async function issueVoiceTicket(
  deps: Deps,
  origin: string,
  { userId, sessionId }: Caller,
  channelId: Snowflake,
): Promise<VoiceTicket> {
  const access = await channelAccess(deps, userId, channelId, Permission.CONNECT);
  const { channel, me, permissions } = access;
  if (channel.type === 'text' || channel.type === 'thread') {
    throw new Problem('bad_request', {
      message: 'Only voice channels and direct conversations hold calls.',
    });
  }
  const { serverId } = channel;
  const made = serverId && (await serverVoice(deps.database.db, serverId, [userId])).get(userId);
  const { url, ...place } = await chooseNode(deps, channelId, origin);
  const issued = await deps.tickets.issue(
    {
      kind: 'voice',
      channelId,
      serverId,
      ...('participants' in channel ? { participants: channel.participants } : {}),
      permissions: permissions.toString(),
      ...made,
      ...place,
      user: me.user,
      sessionId,
    },
    TICKET_TTL_S,
  );
  return { url, ...issued };
}

/** What one may do with oneself. */
const ALONE = Permission.VIEW_CHANNEL | Permission.CONNECT | Permission.SPEAK;

/** A ticket to a call that only this user can be in, and that no room is told of. */
export async function issueTestTicket(
  deps: Deps,
  origin: string,
  { userId, sessionId }: Caller,
): Promise<VoiceTicket> {
  const user = userOf(await findUser(deps, userId));
  const { url, ...place } = await chooseNode(deps, user.id, origin);
  const claims = {
    kind: 'voice',
    test: true,
    channelId: user.id,
    serverId: null,
    permissions: ALONE.toString(),
    user,
    sessionId,
    ...place,
  } satisfies VoiceTicketClaims;
  return { url, ...(await deps.tickets.issue(claims, TICKET_TTL_S)) };
}

/** The node that has the call or will. */
async function chooseNode(deps: Deps, channelId: Snowflake, origin: string): Promise<SfuChoice> {
  const choice = await deps.sfus.choose(channelId, origin).catch((cause: unknown) => {
    throw new Problem('voice_unavailable', { cause });
  });
  if ('reason' in choice) throw new Problem('voice_unavailable', { message: choice.reason });
  return choice;
}
