import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { TICKET_TTL_S } from '@harmonium/api/ticket';
import type { VoiceTicket } from '@harmonium/api/voice';
import { channelAccess } from '../access.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import type { Caller } from '../sessions/access-token.ts';
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
  const choice = await chooseNode(deps, channelId, origin);
  if ('reason' in choice) throw new Problem('voice_unavailable', { message: choice.reason });
  const issued = await deps.tickets.issue(
    {
      kind: 'voice',
      channelId,
      serverId,
      ...('participants' in channel ? { participants: channel.participants } : {}),
      permissions: permissions.toString(),
      ...made,
      user: me.user,
      sessionId,
    },
    TICKET_TTL_S,
  );
  return { url: choice.url, ...issued };
}

async function chooseNode(deps: Deps, channelId: Snowflake, origin: string) {
  try {
    return await deps.sfus.choose(channelId, origin);
  } catch (cause) {
    throw new Problem('voice_unavailable', { cause });
  }
}
