import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { addEmoji } from './add-emoji.ts';
import { deleteEmoji } from './delete-emoji.ts';
import { listEmojis } from './list-emojis.ts';
import { meetEmoji } from './meet-emoji.ts';
import { renameEmoji } from './rename-emoji.ts';

export function emojiRoutes(core: Core) {
  return {
    'GET /api/servers/:id/emojis': ({ params, caller }) =>
      listEmojis(core, caller.userId, params.id),
    'POST /api/servers/:id/emojis': ({ params, query, body, caller }) =>
      addEmoji(core, caller.userId, params.id, { name: query.name, picture: body }),
    'PATCH /api/servers/:id/emojis/:eid': ({ params: { id, eid }, body, caller }) =>
      renameEmoji(core, caller.userId, { serverId: id, emojiId: eid }, body.name),
    'DELETE /api/servers/:id/emojis/:eid': async ({ params: { id, eid }, caller }) => {
      await deleteEmoji(core, caller.userId, { serverId: id, emojiId: eid });
      return undefined;
    },
    'GET /api/emojis/:id': ({ params }) => meetEmoji(core, params.id),
  } satisfies Partial<Handlers>;
}
