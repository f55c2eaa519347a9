import type { EmojiKey } from '@harmonium/api/emoji';
import { compareSnowflakes } from '@harmonium/api/ids';
import type { Snowflake } from '@harmonium/api/ids';
import type { MessageReactions } from '@harmonium/api/message';
import type { User } from '@harmonium/api/user';
import { and, asc, eq, gt, inArray, min, sql } from 'drizzle-orm';
import { messages, reactions, users } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { userColumns } from '../users/user-of.ts';
import { askUndrained, only } from './undrained.ts';

/** All that is stored on these messages; of those that have nothing on them, nothing. */
export async function storedReactions(
  { database }: Pick<Deps, 'database'>,
  channelId: Snowflake,
  messageIds: readonly Snowflake[],
): Promise<MessageReactions[]> {
  if (messageIds.length === 0) return [];
  const rows = await database.db
    .select({
      messageId: reactions.messageId,
      emoji: reactions.emoji,
      userIds: sql<Snowflake[]>`json_agg(
        ${reactions.userId}::text order by ${reactions.createdAt}, ${reactions.userId}
      )`,
    })
    .from(reactions)
    .where(and(eq(reactions.channelId, channelId), inArray(reactions.messageId, messageIds)))
    .groupBy(reactions.messageId, reactions.emoji)
    .orderBy(asc(min(reactions.createdAt)), asc(reactions.emoji));
  const found = new Map<Snowflake, MessageReactions>();
  for (const { messageId, emoji, userIds } of rows) {
    const known = found.get(messageId) ?? { messageId, reactions: [] };
    known.reactions.push({ emoji, userIds });
    found.set(messageId, known);
  }
  return [...found.values()];
}

interface Asked {
  channelId: Snowflake;
  messageId: Snowflake;
  emoji: EmojiKey;
  after?: Snowflake | undefined;
  limit: number;
}

/**
 * Who put an emoji on a message, by id from the cursor on, also what is not stored yet. Throws
 * `not_found` where the channel has no such message.
 */
export async function readReactors(
  deps: Pick<Deps, 'database' | 'rooms'>,
  asked: Asked,
): Promise<User[]> {
  const { channelId, messageId } = asked;
  const [changes] = await askUndrained(deps, channelId, [only(messageId)]);
  const [changed] = changes?.messages ?? [];
  if (changed?.removedAt != null || (changes?.removed ?? []).length > 0) return [];
  const [told] = changes?.reactions ?? [];
  const people = told ? await toldReactors(deps, asked, told) : await storedReactors(deps, asked);
  if (people.length === 0 && !changed) await requireMessage(deps, channelId, messageId);
  return people;
}

/** For a room that asks: throws `not_found` where no such message is stored. */
export async function requireMessage(
  { database }: Pick<Deps, 'database'>,
  channelId: Snowflake,
  id: Snowflake,
): Promise<void> {
  const [known] = await database.db
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.channelId, channelId), eq(messages.id, id)));
  if (known === undefined) throw new Problem('not_found');
}

function storedReactors({ database }: Pick<Deps, 'database'>, asked: Asked): Promise<User[]> {
  return database.db
    .select(userColumns)
    .from(reactions)
    .innerJoin(users, eq(users.id, reactions.userId))
    .where(
      and(
        eq(reactions.channelId, asked.channelId),
        eq(reactions.messageId, asked.messageId),
        eq(reactions.emoji, asked.emoji),
        asked.after === undefined ? undefined : gt(reactions.userId, asked.after),
      ),
    )
    .orderBy(asc(reactions.userId))
    .limit(asked.limit);
}

async function toldReactors(
  { database }: Pick<Deps, 'database'>,
  { emoji, after, limit }: Asked,
  told: MessageReactions,
): Promise<User[]> {
  const all = told.reactions.find((one) => one.emoji === emoji)?.userIds ?? [];
  const ids = all
    .filter((id) => after === undefined || compareSnowflakes(id, after) > 0)
    .sort(compareSnowflakes)
    .slice(0, limit);
  if (ids.length === 0) return [];
  return database.db
    .select(userColumns)
    .from(users)
    .where(inArray(users.id, ids))
    .orderBy(asc(users.id));
}
