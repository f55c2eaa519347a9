import type { ListedEmoji } from '@harmonium/api/emoji';
import type { Snowflake } from '@harmonium/api/ids';
import { asc, eq } from 'drizzle-orm';
import { serverAccess } from '../access.ts';
import { emojis, users } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { userColumns } from '../users/user-of.ts';
import { emojiOf } from './emoji-of.ts';

/** A server's emoji by name, for any of its members. */
export async function listEmojis(
  deps: Deps,
  userId: Snowflake,
  serverId: Snowflake,
): Promise<ListedEmoji[]> {
  await serverAccess(deps, userId, serverId);
  const rows = await deps.database.db
    .select({ emoji: emojis, creator: userColumns })
    .from(emojis)
    .leftJoin(users, eq(users.id, emojis.creatorId))
    .where(eq(emojis.serverId, serverId))
    .orderBy(asc(emojis.name));
  return rows.map(({ emoji, creator }) =>
    Object.assign(emojiOf(emoji), {
      creator: creator ?? { id: emoji.creatorId, username: 'deleted', avatar: null },
      createdAt: emoji.createdAt.toISOString(),
    }),
  );
}
