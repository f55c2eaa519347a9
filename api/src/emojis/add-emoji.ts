import { MAX_EMOJIS } from '@harmonium/api/emoji';
import type { Emoji } from '@harmonium/api/emoji';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { eq } from 'drizzle-orm';
import { serverAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import type { Database } from '../db/database.ts';
import { emojis } from '../db/schema.ts';
import { dropImage, keepEmoji } from '../images/image-store.ts';
import { Problem } from '../problem.ts';
import { administer } from '../servers/administer.ts';
import type { Transaction } from '../servers/structure.ts';

interface Wanted {
  name: string;
  picture: Uint8Array<ArrayBuffer>;
}

export async function addEmoji(
  core: Core,
  userId: Snowflake,
  serverId: Snowflake,
  { name, picture }: Wanted,
): Promise<Emoji> {
  const needed = Permission.MANAGE_EMOJI;
  // Before anything is made of the picture.
  await serverAccess(core, userId, serverId, needed);
  await requireRoom(core.database.db, serverId, name);
  const id = core.ids.next();
  // Under its own id: another one with the same picture can go without this one.
  const { image, animated } = await keepEmoji(core, id, picture);
  const emoji = { id, serverId, name, image, animated };
  try {
    return await administer(core, { userId, serverId, needed }, async ({ tx, rev, log }) => {
      await requireRoom(tx, serverId, name);
      const createdAt = new Date(core.now());
      await tx.insert(emojis).values({ ...emoji, creatorId: userId, createdAt });
      await log({ action: 'emoji.create', targetId: id, after: { name } });
      return { answer: emoji, change: { type: 'emoji.created', rev, emoji } };
    });
  } catch (problem) {
    core.background(dropImage(core, image));
    throw problem;
  }
}

/** Of the few there are, all names at once: it tells also how many they are. */
async function requireRoom(
  db: Database | Transaction,
  serverId: Snowflake,
  name: string,
): Promise<void> {
  const taken = await db
    .select({ name: emojis.name })
    .from(emojis)
    .where(eq(emojis.serverId, serverId));
  if (taken.some((other) => other.name === name)) throw new Problem('emoji_taken');
  if (taken.length >= MAX_EMOJIS) throw new Problem('limit_reached');
}
