import { channelAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { readPage } from './read-page.ts';
import { said, say } from './say.ts';

export function messageRoutes(core: Core) {
  return {
    'GET /api/channels/:id/messages': async ({ params, query, caller, c }) => {
      await channelAccess(core, caller.userId, params.id);
      const page = await readPage(core, params.id, query);
      return c.body(page, 200, { 'content-type': 'application/json' });
    },
    'POST /api/channels/:id/messages': async ({ params, body, caller }) =>
      said(await say(core, caller, params.id, { type: 'message.send', ...body })),
    'PATCH /api/channels/:id/messages/:mid': async ({ params, body, caller }) => {
      const edit = { type: 'message.edit', id: params.mid, content: body.content } as const;
      return said(await say(core, caller, params.id, edit));
    },
    'DELETE /api/channels/:id/messages/:mid': async ({ params, caller }) => {
      await say(core, caller, params.id, { type: 'message.remove', id: params.mid });
      return undefined;
    },
  } satisfies Partial<Handlers>;
}
