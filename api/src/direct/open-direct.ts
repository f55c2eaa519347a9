import type { DirectChannel, OpenDirect } from '@harmonium/api/direct';
import type { Snowflake } from '@harmonium/api/ids';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Core } from '../announce.ts';
import { channels, participants } from '../db/schema.ts';
import { hasMet, mayMessage, reachOf } from '../friends/reach.ts';
import { Problem } from '../problem.ts';
import { directKey } from './direct-key.ts';
import { readConversation } from './read-conversations.ts';
import { tellPeople } from './tell-people.ts';

/** The conversation with one person, made if there is none, or a new group with several. */
export async function openDirect(
  core: Core,
  userId: Snowflake,
  { userIds, name = '' }: z.output<typeof OpenDirect>,
): Promise<DirectChannel> {
  const [other] = userIds;
  if (other === undefined || userIds.includes(userId)) {
    throw new Problem('bad_request', { message: 'Name others, and not yourself.' });
  }
  return userIds.length === 1
    ? openWith(core, userId, other)
    : openGroup(core, userId, userIds, name);
}

/** Throws `not_found` for whom the caller cannot know of, `cannot_message` for who is not to be. */
export async function requireReachable(
  core: Core,
  userId: Snowflake,
  userIds: readonly Snowflake[],
): Promise<void> {
  const reached = await reachOf(core.database.db, userId, userIds);
  if (reached.length < userIds.length || !reached.every(hasMet)) throw new Problem('not_found');
  if (!reached.every(mayMessage)) throw new Problem('cannot_message');
}

async function openWith(core: Core, userId: Snowflake, other: Snowflake): Promise<DirectChannel> {
  const { db } = core.database;
  const key = directKey(userId, other);
  const find = () =>
    db.select({ id: channels.id }).from(channels).where(eq(channels.directKey, key));
  let [channel] = await find();
  if (channel === undefined) {
    await requireReachable(core, userId, [other]);
    await makeConversation(core, userId, other, key);
    // By whichever of two who began at once was first.
    [channel] = await find();
  }
  if (channel === undefined) throw new Error('A conversation that was just made is gone.');
  await db
    .update(participants)
    .set({ closed: false })
    .where(and(eq(participants.channelId, channel.id), eq(participants.userId, userId)));
  const opened = await readConversation(db, channel.id);
  void core.announce('user', userId, [{ type: 'direct.opened', channel: opened }]);
  return opened;
}

/** The other one finds it in their list when something is written. */
async function makeConversation(
  core: Core,
  userId: Snowflake,
  other: Snowflake,
  directKeyOfBoth: string,
): Promise<void> {
  const createdAt = new Date(core.now());
  const id = core.ids.next();
  await core.database.db.transaction(async (tx) => {
    const [made] = await tx
      .insert(channels)
      .values({ id, type: 'direct', name: '', position: 0, directKey: directKeyOfBoth, createdAt })
      .onConflictDoNothing({ target: channels.directKey })
      .returning({ id: channels.id });
    if (made === undefined) return;
    await tx.insert(participants).values([
      { channelId: id, userId, joinedAt: createdAt },
      { channelId: id, userId: other, joinedAt: createdAt, closed: true },
    ]);
  });
}

async function openGroup(
  core: Core,
  userId: Snowflake,
  userIds: readonly Snowflake[],
  name: string,
): Promise<DirectChannel> {
  await requireReachable(core, userId, userIds);
  const id = core.ids.next();
  const createdAt = new Date(core.now());
  const channel = await core.database.db.transaction(async (tx) => {
    await tx
      .insert(channels)
      .values({ id, type: 'group', name, position: 0, ownerId: userId, createdAt });
    await tx
      .insert(participants)
      .values(
        [userId, ...userIds].map((one) => ({ channelId: id, userId: one, joinedAt: createdAt })),
      );
    return readConversation(tx, id);
  });
  tellPeople(core, channel, { type: 'direct.opened', channel });
  return channel;
}
