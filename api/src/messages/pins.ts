import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { desc, eq } from 'drizzle-orm';
import { MAX_PINS } from '@harmonium/api/pin';
import { pins } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { readMessages } from './read-messages.ts';
import { publish } from './say.ts';

/** The pinned messages of a channel as its room knows them, the youngest pin first. */
export async function readPins(
  deps: Deps,
  channelId: Snowflake,
  readerId: Snowflake,
): Promise<Message[]> {
  const answer = await publish(deps, channelId, { type: 'pins' });
  if (!answer.ok) throw new Problem('unavailable', { cause: answer, retryAfter: 1 });
  const messages = await readMessages(deps, channelId, readerId, answer.pins ?? []);
  // Removed since the room was asked.
  return messages.filter(({ removedAt }) => removedAt === null);
}

/** The ids of what is stored as pinned, the youngest pin first. */
export async function storedPins(
  { database }: Pick<Deps, 'database'>,
  channelId: Snowflake,
): Promise<Snowflake[]> {
  const rows = await database.db
    .select({ id: pins.messageId })
    .from(pins)
    .where(eq(pins.channelId, channelId))
    .orderBy(desc(pins.pinnedAt), desc(pins.messageId))
    .limit(MAX_PINS);
  return rows.map(({ id }) => id);
}
