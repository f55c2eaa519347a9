import type { MetEmoji } from '@harmonium/api/emoji';
import type { Snowflake } from '@harmonium/api/ids';
import { eq } from 'drizzle-orm';
import { emojis } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';

/**
 * An emoji as anybody meets it in a message or as a reaction, also who is not in its server: whoever
 * knows the id was shown it. Of the server it tells nothing.
 */
export async function meetEmoji(deps: Deps, emojiId: Snowflake): Promise<MetEmoji> {
  const { id, name, image, animated } = emojis;
  const [emoji] = await deps.database.db
    .select({ id, name, image, animated })
    .from(emojis)
    .where(eq(id, emojiId));
  if (emoji === undefined) throw new Problem('not_found');
  return emoji;
}
