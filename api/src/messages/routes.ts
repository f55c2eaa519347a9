import { channelAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { readPins } from './pins.ts';
import { readReactors } from './reactions.ts';
import { readMessage, readMessages } from './read-messages.ts';
import { readPage } from './read-page.ts';
import { said, say } from './say.ts';

export function messageRoutes(core: Core) {
  return {
    'GET /api/channels/:id/messages': async ({ params, query, caller, c }) => {
      await channelAccess(core, caller.userId, params.id);
      const { ids } = query;
      if (ids !== undefined) return readMessages(core, params.id, caller.userId, ids);
      const page = await readPage(core, params.id, caller.userId, query);
      return c.body(page, 200, { 'content-type': 'application/json' });
    },
    'GET /api/channels/:id/messages/:mid': async ({ params, caller }) => {
      await channelAccess(core, caller.userId, params.id);
      return readMessage(core, params.id, caller.userId, params.mid);
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
    ...reactionRoutes(core),
    ...pinRoutes(core),
  } satisfies Partial<Handlers>;
}

function reactionRoutes(core: Core) {
  return {
    'GET /api/channels/:id/messages/:mid/reactions/:emoji': async ({ params, query, caller }) => {
      await channelAccess(core, caller.userId, params.id);
      const { id: channelId, mid: messageId, emoji } = params;
      return readReactors(core, { channelId, messageId, emoji, ...query });
    },
    'PUT /api/channels/:id/messages/:mid/reactions/:emoji/@me': async ({ params, caller }) => {
      const { id, mid, emoji } = params;
      await say(core, caller, id, { type: 'reaction.add', id: mid, emoji });
      return undefined;
    },
    'DELETE /api/channels/:id/messages/:mid/reactions/:emoji/@me': async ({ params, caller }) => {
      const { id, mid, emoji } = params;
      await say(core, caller, id, { type: 'reaction.remove', id: mid, emoji });
      return undefined;
    },
    'DELETE /api/channels/:id/messages/:mid/reactions/:emoji/:uid': async ({ params, caller }) => {
      const { id, mid, emoji, uid: userId } = params;
      await say(core, caller, id, { type: 'reaction.remove', id: mid, emoji, userId });
      return undefined;
    },
  } satisfies Partial<Handlers>;
}

function pinRoutes(core: Core) {
  return {
    'GET /api/channels/:id/pins': async ({ params, caller }) => {
      await channelAccess(core, caller.userId, params.id);
      return readPins(core, params.id, caller.userId);
    },
    'PUT /api/channels/:id/pins/:mid': async ({ params, caller }) => {
      await say(core, caller, params.id, { type: 'pin.add', id: params.mid });
      return undefined;
    },
    'DELETE /api/channels/:id/pins/:mid': async ({ params, caller }) => {
      await say(core, caller, params.id, { type: 'pin.remove', id: params.mid });
      return undefined;
    },
  } satisfies Partial<Handlers>;
}
