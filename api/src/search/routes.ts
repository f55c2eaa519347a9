import { channelAccess, readableChannels } from '../access.ts';
import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { Problem } from '../problem.ts';
import { searchMessages } from './search-messages.ts';

export function searchRoutes(core: Core) {
  return {
    'GET /api/servers/:id/search': async ({ params, query, caller }) => {
      const readable = await readableChannels(core, caller.userId, params.id);
      const { in: only } = query;
      if (only !== undefined && !readable.includes(only)) throw new Problem('not_found');
      const channelIds = only === undefined ? readable : [only];
      return searchMessages(core, caller.userId, { scopeId: params.id, channelIds }, query);
    },
    'GET /api/channels/:id/search': async ({ params, query, caller }) => {
      const { server, channel } = await channelAccess(core, caller.userId, params.id);
      const ground = { scopeId: server?.id ?? channel.id, channelIds: [channel.id] };
      return searchMessages(core, caller.userId, ground, query);
    },
  } satisfies Partial<Handlers>;
}
