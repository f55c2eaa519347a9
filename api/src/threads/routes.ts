import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { listThreads } from './list-threads.ts';
import { startThread } from './start-thread.ts';

export function threadRoutes(core: Core) {
  return {
    'GET /api/channels/:id/threads': ({ params, query, caller }) =>
      listThreads(core, caller.userId, params.id, query),
    'POST /api/channels/:id/messages/:mid/thread': ({ params, body, caller }) =>
      startThread(core, caller.userId, {
        channelId: params.id,
        messageId: params.mid,
        name: body.name,
      }),
  } satisfies Partial<Handlers>;
}
