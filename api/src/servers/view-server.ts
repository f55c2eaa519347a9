import type { Snowflake } from '@harmonium/api/ids';
import { Permission, hasPermission } from '@harmonium/api/permissions';
import type { ServerView } from '@harmonium/api/server';
import { permissionsIn, serverAccess } from '../access.ts';
import type { Deps } from '../deps.ts';
import type { Caller } from '../sessions/access-token.ts';
import { issueServerTicket } from '../tickets/issue.ts';
import { loadStructure } from './structure.ts';

/** A server as one member sees it, with a ticket to its room: channels they cannot view are left out. */
export async function viewServer(
  deps: Deps,
  origin: string,
  { userId, sessionId }: Caller,
  serverId: Snowflake,
): Promise<ServerView> {
  const { me, context, subject } = await serverAccess(deps, userId, serverId);
  const structure = await loadStructure(deps.database.db, serverId);
  const channels = structure.channels.filter((channel) =>
    hasPermission(permissionsIn(channel, context, subject), Permission.VIEW_CHANNEL),
  );
  const ticket = await issueServerTicket(deps, origin, sessionId, me);
  return { ...structure, channels, me, ticket };
}
