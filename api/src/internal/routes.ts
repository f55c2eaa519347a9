import { and, eq } from 'drizzle-orm';
import { channelStandings } from '../access.ts';
import type { Core } from '../announce.ts';
import { messages, users } from '../db/schema.ts';
import { friendsOf } from '../friends/list-relationships.ts';
import type { Handlers } from '../http/endpoint.ts';
import { messageOf } from '../messages/message-of.ts';
import { requireMessage, storedReactions } from '../messages/reactions.ts';
import { Problem } from '../problem.ts';
import type { Previews } from '../previews/previews.ts';
import { latestOf } from '../reading/latest-of.ts';
import { readingOf } from '../reading/reading-of.ts';
import { storeMarks } from '../reading/store-marks.ts';
import { loadStructure } from '../servers/structure.ts';
import { wakeThread } from '../threads/revive.ts';
import { sweepFiles } from '../uploads/sweep-files.ts';
import { userColumns } from '../users/user-of.ts';
import { createDirectory } from '../voice-nodes/directory.ts';
import { membersOf } from './members-of.ts';
import { readPast } from './read-past.ts';
import { storeOutbox } from './store-outbox.ts';

/** What rooms and sfu ask of api; rooms hold the whole server, so nothing is filtered here. */
export function internalRoutes(core: Core, previews: Previews) {
  const { db } = core.database;
  return {
    'POST /api/internal/outbox': async ({ body }) => {
      const { wakes } = await storeOutbox(core, body);
      if (wakes) await wakeThread(core, body.channelId);
      previews.heard(body.channelId, body.entries);
      // Their files go with them, behind the room's back.
      if (body.entries.some(({ op }) => op === 'remove')) core.background(sweepFiles(core));
      return undefined;
    },
    'GET /api/internal/servers/:id/structure': ({ params }) => loadStructure(db, params.id),
    'GET /api/internal/servers/:id/latest': ({ params }) => latestOf(db, params.id),
    'GET /api/internal/users/:id/reading': ({ params }) => readingOf(db, params.id),
    'POST /api/internal/users/:id/read-marks': ({ params, body }) =>
      storeMarks(db, params.id, body.marks),
    'GET /api/internal/channels/:id/messages': ({ params, query }) =>
      readPast(core, params.id, query.limit),
    'GET /api/internal/channels/:id/messages/:mid/reactions': async ({ params }) => {
      const [found] = await storedReactions(core, params.id, [params.mid]);
      if (found === undefined) await requireMessage(core, params.id, params.mid);
      return found ?? { messageId: params.mid, reactions: [] };
    },
    'POST /api/internal/servers/:id/members': ({ params, body }) =>
      membersOf(core, params.id, body.userIds),
    'GET /api/internal/users/:id/friends': ({ params }) => friendsOf(core, params.id),
    'POST /api/internal/channels/:id/permissions': ({ params, body }) =>
      channelStandings(core, params.id, body.userIds),
    'GET /api/internal/channels/:id/messages/:mid': async ({ params }) => {
      const [row] = await db
        .select({ message: messages, author: userColumns })
        .from(messages)
        .leftJoin(users, eq(users.id, messages.authorId))
        .where(and(eq(messages.channelId, params.id), eq(messages.id, params.mid)));
      if (row === undefined) throw new Problem('not_found');
      return messageOf(row.message, row.author);
    },
    'POST /api/internal/sfu-nodes': ({ body }) => createDirectory(core.cache).beat(body),
  } satisfies Partial<Handlers>;
}
