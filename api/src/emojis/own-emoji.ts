import type { Snowflake } from '@harmonium/api/ids';
import { and, eq } from 'drizzle-orm';
import { emojis } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import type { Transaction } from '../servers/structure.ts';

/** An emoji of this server; another server's is not there. */
export async function ownEmoji(
  tx: Transaction,
  { serverId, emojiId }: { serverId: Snowflake; emojiId: Snowflake },
) {
  const [row] = await tx
    .select()
    .from(emojis)
    .where(and(eq(emojis.id, emojiId), eq(emojis.serverId, serverId)));
  if (row === undefined) throw new Problem('not_found');
  return row;
}
