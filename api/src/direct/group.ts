import type { DirectChannel } from '@harmonium/api/direct';
import type { Snowflake } from '@harmonium/api/ids';
import { MAX_PARTICIPANTS } from '@harmonium/api/participants';
import { and, asc, eq } from 'drizzle-orm';
import { directAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { channels, participants } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import type { Transaction } from '../servers/structure.ts';
import { endCalls } from '../tickets/end-calls.ts';
import { requireReachable } from './open-direct.ts';
import { readConversation } from './read-conversations.ts';
import { tellPeople } from './tell-people.ts';

interface Place {
  userId: Snowflake;
  channelId: Snowflake;
}

export async function renameGroup(core: Core, place: Place, name: string): Promise<DirectChannel> {
  const channel = await changeGroup(core, place, async (tx) => {
    await tx.update(channels).set({ name }).where(eq(channels.id, place.channelId));
  });
  tellPeople(core, channel, { type: 'direct.updated', channel });
  return channel;
}

/** Anyone in it adds whom they may write to. */
export async function addToGroup(
  core: Core,
  place: Place,
  addedId: Snowflake,
): Promise<DirectChannel> {
  // Before anything of the one to be added: a stranger learns nothing here.
  await directAccess(core, place.userId, place.channelId);
  await requireReachable(core, place.userId, [addedId]);
  const joinedAt = new Date(core.now());
  const channel = await changeGroup(core, place, async (tx, { participants: there }) => {
    if (there.some(({ id }) => id === addedId)) return;
    if (there.length >= MAX_PARTICIPANTS) throw new Problem('limit_reached');
    await tx.insert(participants).values({ channelId: place.channelId, userId: addedId, joinedAt });
  });
  tellRoom(core, channel);
  tellPeople(core, channel, { type: 'direct.updated', channel });
  void core.announce('user', addedId, [{ type: 'direct.opened', channel }]);
  return channel;
}

/** Oneself, or by the owner somebody else. Whoever has been there longest owns it after the owner. */
export async function takeFromGroup(core: Core, place: Place, takenId: Snowflake): Promise<void> {
  const { channelId, userId } = place;
  const channel = await changeGroup(core, place, async (tx, { participants: there, ownerId }) => {
    if (takenId !== userId && ownerId !== userId) throw new Problem('forbidden');
    if (!there.some(({ id }) => id === takenId)) throw new Problem('not_found');
    await tx
      .delete(participants)
      .where(and(eq(participants.channelId, channelId), eq(participants.userId, takenId)));
    if (ownerId !== null && ownerId !== takenId) return;
    const [next] = await tx
      .select({ id: participants.userId })
      .from(participants)
      .where(eq(participants.channelId, channelId))
      .orderBy(asc(participants.joinedAt), asc(participants.userId))
      .limit(1);
    await tx
      .update(channels)
      .set({ ownerId: next?.id ?? null })
      .where(eq(channels.id, channelId));
  });
  tellRoom(core, channel);
  tellPeople(core, channel, { type: 'direct.updated', channel });
  void core.announce('user', takenId, [{ type: 'direct.closed', channelId }]);
  endCalls(core, { userId: takenId, channelId });
}

function tellRoom(core: Core, { id, participants: there }: DirectChannel): void {
  const userIds = there.map((user) => user.id);
  void core.announce('main', id, [{ type: 'participants.changed', userIds }]);
}

/** Changes of one group stand in a line, and each is decided by what the one before left. */
async function changeGroup(
  core: Core,
  { userId, channelId }: Place,
  change: (tx: Transaction, channel: DirectChannel) => Promise<void>,
): Promise<DirectChannel> {
  await directAccess(core, userId, channelId);
  return core.database.db.transaction(async (tx) => {
    await tx
      .select({ id: channels.id })
      .from(channels)
      .where(eq(channels.id, channelId))
      .for('no key update');
    await directAccess({ now: core.now, database: { db: tx } }, userId, channelId);
    const before = await readConversation(tx, channelId);
    if (before.type !== 'group') {
      throw new Problem('bad_request', { message: 'Only a group can be changed.' });
    }
    await change(tx, before);
    return readConversation(tx, channelId);
  });
}
