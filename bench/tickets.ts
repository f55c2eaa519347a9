import { createSnowflakes, type Snowflake } from '@harmonium/api/ids';
import { ALL_PERMISSIONS, DEFAULT_EVERYONE } from '@harmonium/api/permissions';
import { createTicketKeys } from '@harmonium/api/ticket';

export const SECRET = 'the secret of the benchmarks';
export const ticketKeys = createTicketKeys(SECRET);
const ids = createSnowflakes({ node: 1, now: Date.now });
const TICKET_TTL_S = 600;

export function someId(): Snowflake {
  return ids.next();
}

/** Where a new member connects to a channel, with the ticket that api would have given. */
export async function channelPath(channelId: Snowflake, serverId = channelId): Promise<string> {
  const id = ids.next();
  const { ticket } = await ticketKeys.issue(
    {
      kind: 'channel',
      channelId,
      serverId,
      permissions: String(DEFAULT_EVERYONE),
      slowmode: 0,
      user: { id, username: `member-${id.slice(-4)}`, avatar: null },
      sessionId: id,
    },
    TICKET_TTL_S,
  );
  return `/parties/main/${channelId}?ticket=${ticket}`;
}

/** Where a new member connects to a server's room. */
export async function serverPath(serverId: Snowflake): Promise<string> {
  const id = ids.next();
  const user = { id, username: `member-${id.slice(-4)}`, avatar: null };
  const { ticket } = await ticketKeys.issue(
    { kind: 'server', serverId, roles: [], timeoutUntil: null, user, sessionId: id },
    TICKET_TTL_S,
  );
  return `/parties/server/${serverId}?ticket=${ticket}`;
}

/** Where a new member joins a call. */
export async function voicePath(channelId: Snowflake): Promise<string> {
  const id = ids.next();
  const user = { id, username: `member-${id.slice(-4)}`, avatar: null };
  const permissions = String(ALL_PERMISSIONS);
  const { ticket } = await ticketKeys.issue(
    { kind: 'voice', channelId, serverId: channelId, permissions, user, sessionId: id },
    TICKET_TTL_S,
  );
  return `/sfu?ticket=${ticket}`;
}

export function channelPaths(channelId: Snowflake, count: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, () => channelPath(channelId)));
}
