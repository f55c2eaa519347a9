import type { Snowflake } from '@harmonium/api/ids';
import { and, eq, inArray } from 'drizzle-orm';
import { channelOf, overridesColumn } from '../channels/channel-of.ts';
import { channels, messages } from '../db/schema.ts';
import type { Transaction } from '../servers/structure.ts';

/** Undefined: a conversation of a few people has no log, and nor has a channel that is being deleted. */
export async function loggedChannel(tx: Transaction, channelId: Snowflake) {
  const [row] = await tx
    .select({ channel: channels, overrides: overridesColumn })
    .from(channels)
    .where(eq(channels.id, channelId));
  if (row === undefined || row.channel.serverId === null) return undefined;
  return { serverId: row.channel.serverId, channel: channelOf(row.channel, row.overrides) };
}

/** Who wrote these messages, by their ids. */
export async function authorsOf(
  tx: Transaction,
  channelId: Snowflake,
  ids: readonly Snowflake[],
): Promise<Map<Snowflake, Snowflake>> {
  const rows = await tx
    .select({ id: messages.id, authorId: messages.authorId })
    .from(messages)
    .where(and(eq(messages.channelId, channelId), inArray(messages.id, ids)));
  return new Map(rows.map(({ id, authorId }) => [id, authorId]));
}
