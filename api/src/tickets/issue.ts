import type { Snowflake } from '@harmonium/api/ids';
import type { Member } from '@harmonium/api/member';
import type { IssuedTicket } from '@harmonium/api/server';
import { TICKET_TTL_S } from '@harmonium/api/ticket';
import type { Ticket } from '@harmonium/api/ticket';
import type { User } from '@harmonium/api/user';
import type { Party } from '@harmonium/rooms/publish';
import type { ChannelAccess } from '../access.ts';
import type { Deps } from '../deps.ts';

export async function issueChannelTicket(
  deps: Deps,
  origin: string,
  sessionId: Snowflake,
  { channel, me, permissions }: ChannelAccess,
): Promise<IssuedTicket> {
  const { timeoutUntil } = me;
  const isTimedOut = timeoutUntil !== null && Date.parse(timeoutUntil) > deps.now();
  const ticket: Ticket = {
    kind: 'channel',
    channelId: channel.id,
    serverId: channel.serverId,
    ...('participants' in channel ? { participants: channel.participants } : {}),
    permissions: permissions.toString(),
    recheckAt: isTimedOut ? timeoutUntil : null,
    slowmode: channel.slowmode,
    user: me.user,
    sessionId,
  };
  return issue(deps, 'main', channel.id, origin, ticket);
}

export async function issueServerTicket(
  deps: Deps,
  origin: string,
  sessionId: Snowflake,
  me: Member,
): Promise<IssuedTicket> {
  const { serverId, roles, timeoutUntil, user } = me;
  const ticket: Ticket = { kind: 'server', serverId, roles, timeoutUntil, user, sessionId };
  return issue(deps, 'server', serverId, origin, ticket);
}

export async function issueUserTicket(
  deps: Deps,
  origin: string,
  sessionId: Snowflake,
  user: User,
): Promise<IssuedTicket> {
  return issue(deps, 'user', user.id, origin, { kind: 'user', user, sessionId });
}

async function issue(
  deps: Deps,
  party: Party,
  roomId: Snowflake,
  origin: string,
  ticket: Ticket,
): Promise<IssuedTicket> {
  const url = deps.rooms.address(party, roomId, origin);
  return { url, ...(await deps.tickets.issue(ticket, TICKET_TTL_S)) };
}
