import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { eq } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { emojis } from '../db/schema.ts';
import { dropImage } from '../images/image-store.ts';
import { administer } from '../servers/administer.ts';
import { ownEmoji } from './own-emoji.ts';

/** Messages keep its name; reactions with it stay, and nobody knows what they looked like. */
export async function deleteEmoji(
  core: Core,
  userId: Snowflake,
  { serverId, emojiId }: { serverId: Snowflake; emojiId: Snowflake },
): Promise<void> {
  const needed = Permission.MANAGE_EMOJI;
  await administer(core, { userId, serverId, needed }, async ({ tx, rev, log }) => {
    const { name, image } = await ownEmoji(tx, { serverId, emojiId });
    await tx.delete(emojis).where(eq(emojis.id, emojiId));
    await log({ action: 'emoji.delete', targetId: emojiId, before: { name } });
    return {
      answer: undefined,
      change: { type: 'emoji.removed', rev, emojiId },
      afterwards: () => core.background(dropImage(core, image)),
    };
  });
}
