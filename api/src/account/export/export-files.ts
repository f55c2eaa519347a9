import { eq } from 'drizzle-orm';
import type { Core } from '../../announce.ts';
import { relationships } from '../../db/schema.ts';
import type { users } from '../../db/schema.ts';
import { readingOf } from '../../reading/reading-of.ts';
import { meOf } from '../../users/user-of.ts';
import { exportedMessages, writtenChannels } from './exported-messages.ts';
import { exportedPins } from './exported-pins.ts';
import { exportedReactions } from './exported-reactions.ts';
import { exportedServers } from './exported-servers.ts';
import { exportedSessions } from './exported-sessions.ts';
import { readme } from './readme.ts';

interface ExportFile {
  name: string;
  input: string | AsyncIterable<string>;
  lastModified: Date;
}

/** The files of an export, each made when its turn comes. */
export async function* exportFiles(
  core: Core,
  user: typeof users.$inferSelect,
): AsyncGenerator<ExportFile> {
  const lastModified = new Date(core.now());
  const { name } = await core.settings.read();
  const { db } = core.database;
  const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
  yield { name: 'README.txt', input: readme(name, user.username, lastModified), lastModified };
  yield { name: 'account.json', input: json(meOf(user)), lastModified };
  yield {
    name: 'sessions.json',
    input: json(await exportedSessions(core, user.id)),
    lastModified,
  };
  yield {
    name: 'relationships.json',
    input: json(await exportedRelationships(core, user.id)),
    lastModified,
  };
  yield { name: 'reading.json', input: json(await readingOf(db, user.id)), lastModified };
  yield { name: 'servers.json', input: json(await exportedServers(core, user.id)), lastModified };
  yield { name: 'reactions.jsonl', input: exportedReactions(core, user.id), lastModified };
  yield { name: 'pins.json', input: json(await exportedPins(core, user.id)), lastModified };
  for await (const { channelId, serverId } of writtenChannels(core, user.id)) {
    yield {
      name: `messages/${serverId ?? 'direct'}/${channelId}.jsonl`,
      input: exportedMessages(core, user.id, channelId),
      lastModified,
    };
  }
}

/** Ids alone: what the others are called is theirs to change. */
async function exportedRelationships(core: Core, userId: (typeof users.$inferSelect)['id']) {
  const rows = await core.database.db
    .select()
    .from(relationships)
    .where(eq(relationships.userId, userId));
  return rows.map(({ otherId, kind, since }) => ({
    userId: otherId,
    kind,
    since: since.toISOString(),
  }));
}
