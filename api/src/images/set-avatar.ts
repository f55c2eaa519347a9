import type { Snowflake } from '@harmonium/api/ids';
import type { Me } from '@harmonium/api/user';
import { eq } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { users } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { tellOfUser } from '../users/tell-of-user.ts';
import { meOf } from '../users/user-of.ts';
import { dropImage, keepImage } from './image-store.ts';

/** @param bytes undefined: the avatar is removed */
export async function setAvatar(
  core: Core,
  userId: Snowflake,
  bytes?: Uint8Array<ArrayBuffer>,
): Promise<Me> {
  const avatar = bytes === undefined ? null : await keepImage(core, 'avatars', userId, bytes);
  const own = eq(users.id, userId);
  const { before, after } = await core.database.db.transaction(async (tx) => {
    const [row] = await tx.select().from(users).where(own).for('no key update');
    if (row === undefined) throw new Problem('unauthorized');
    await tx.update(users).set({ avatar }).where(own);
    return { before: row.avatar, after: { ...row, avatar } };
  });
  if (before !== avatar) {
    core.background(dropImage(core, before));
    await tellOfUser(core, userId);
  }
  return meOf(after);
}
