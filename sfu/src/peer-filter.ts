import type { VoiceTicketClaims } from '@harmonium/api/ticket';

/** Who is meant by a disconnect: everything that is given must match. */
export interface PeerFilter {
  userId: string;
  serverId?: string | undefined;
  channelId?: string | undefined;
  sessionId?: string | undefined;
}

export function matchesFilter(ticket: VoiceTicketClaims, filter: PeerFilter): boolean {
  return (
    ticket.user.id === filter.userId &&
    (filter.serverId === undefined || ticket.serverId === filter.serverId) &&
    (filter.channelId === undefined || ticket.channelId === filter.channelId) &&
    (filter.sessionId === undefined || ticket.sessionId === filter.sessionId)
  );
}

/** Those of a server who are meant: everything that is given must match. */
export interface Reach {
  serverId: string;
  channelId?: string | undefined;
  userIds?: readonly string[] | undefined;
}

/** True when what its holder may do in the call may have changed. */
export function isWithinReach(ticket: VoiceTicketClaims, reach: Reach): boolean {
  return (
    ticket.serverId === reach.serverId &&
    (reach.channelId === undefined || ticket.channelId === reach.channelId) &&
    (reach.userIds === undefined || reach.userIds.includes(ticket.user.id))
  );
}
