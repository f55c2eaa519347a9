import type { Emoji } from '@harmonium/api/emoji';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { and, eq } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { emojis } from '../db/schema.ts';
import { changedFields } from '../moderation/audit.ts';
import { Problem } from '../problem.ts';
import { administer } from '../servers/administer.ts';
import { emojiOf } from './emoji-of.ts';
import { ownEmoji } from './own-emoji.ts';

/** What was written with it is drawn with its new name: messages know it by its id. */
export async function renameEmoji(
  core: Core,
  userId: Snowflake,
  { serverId, emojiId }: { serverId: Snowflake; emojiId: Snowflake },
  name: string,
): Promise<Emoji> {
  const needed = Permission.MANAGE_EMOJI;
  return administer(core, { userId, serverId, needed }, async ({ tx, rev, log }) => {
    const before = await ownEmoji(tx, { serverId, emojiId });
    const emoji: Emoji = { ...emojiOf(before), name };
    const changed = changedFields({ name: before.name }, { name });
    if (changed === undefined) return { answer: emoji };
    // Nobody takes it meanwhile: acts on one server stand in a line.
    const [taken] = await tx
      .select({ id: emojis.id })
      .from(emojis)
      .where(and(eq(emojis.serverId, serverId), eq(emojis.name, name)));
    if (taken !== undefined) throw new Problem('emoji_taken');
    await tx.update(emojis).set({ name }).where(eq(emojis.id, emojiId));
    await log({ action: 'emoji.update', targetId: emojiId, ...changed });
    return { answer: emoji, change: { type: 'emoji.updated', rev, emoji } };
  });
}
