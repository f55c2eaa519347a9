import type { Snowflake } from '@harmonium/api/ids';
import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { bulkDelete } from '../messages/bulk-delete.ts';
import { banUser } from './ban-user.ts';
import { kickMember } from './kick-member.ts';
import { liftBan } from './lift-ban.ts';
import { listBans } from './list-bans.ts';
import { readAuditLog } from './read-audit-log.ts';

export function moderationRoutes(core: Core) {
  return {
    'DELETE /api/servers/:id/members/:uid': async ({ params, query, caller }) => {
      await kickMember(core, caller.userId, memberOf(params), query.reason);
      return undefined;
    },
    'GET /api/servers/:id/bans': ({ params, query, caller }) =>
      listBans(core, caller.userId, params.id, query),
    'PUT /api/servers/:id/bans/:uid': ({ params, body, caller }) =>
      banUser(core, caller.userId, memberOf(params), body),
    'DELETE /api/servers/:id/bans/:uid': async ({ params, caller }) => {
      await liftBan(core, caller.userId, memberOf(params));
      return undefined;
    },
    'GET /api/servers/:id/audit-log': ({ params, query, caller }) =>
      readAuditLog(core, caller.userId, params.id, query),
    'POST /api/channels/:id/messages/bulk-delete': async ({ params, body, caller }) => {
      await bulkDelete(core, caller.userId, params.id, body.ids);
      return undefined;
    },
  } satisfies Partial<Handlers>;
}

function memberOf({ id, uid }: { id: Snowflake; uid: Snowflake }) {
  return { serverId: id, userId: uid };
}
