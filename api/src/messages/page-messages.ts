import type { Snowflake } from '@harmonium/api/ids';
import type { Message, MessageQuery } from '@harmonium/api/message';
import type { SQL } from 'drizzle-orm';
import { and, asc, desc, eq, gt, lt, lte } from 'drizzle-orm';
import type { z } from 'zod';
import { messages, users } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { userColumns } from '../users/user-of.ts';
import { messageOf } from './message-of.ts';

/**
 * A page of a channel's history, newest first, read off the index from the cursor on.
 * `around` is in the middle of its page, and in the page itself when it exists.
 */
export async function pageMessages(
  deps: Deps,
  channelId: Snowflake,
  { before, after, around, limit }: z.output<typeof MessageQuery>,
): Promise<Message[]> {
  if (around !== undefined) {
    const half = Math.ceil(limit / 2);
    const older = await read(deps, channelId, lte(messages.id, around), 'down', half);
    const rest = limit - half;
    const newer =
      rest === 0 ? [] : await read(deps, channelId, gt(messages.id, around), 'up', rest);
    return [...newer.reverse(), ...older];
  }
  if (after !== undefined) {
    const page = await read(deps, channelId, gt(messages.id, after), 'up', limit);
    return page.reverse();
  }
  const cursor = before === undefined ? undefined : lt(messages.id, before);
  return read(deps, channelId, cursor, 'down', limit);
}

async function read(
  deps: Deps,
  channelId: Snowflake,
  cursor: SQL | undefined,
  direction: 'up' | 'down',
  limit: number,
): Promise<Message[]> {
  const rows = await deps.database.db
    .select({ message: messages, author: userColumns })
    .from(messages)
    .leftJoin(users, eq(users.id, messages.authorId))
    .where(and(eq(messages.channelId, channelId), cursor))
    .orderBy(direction === 'up' ? asc(messages.id) : desc(messages.id))
    .limit(limit);
  return rows.map(({ message, author }) => messageOf(message, author));
}
