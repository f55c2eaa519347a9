import type { OutboxBatch } from '@harmonium/api/internal';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { channels } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { reopenDirect } from '../direct/close-direct.ts';
import { indexMessages } from '../search/index-messages.ts';
import { logPins } from './log-pins.ts';
import { logRemovals } from './log-removals.ts';
import { storeChanged, storeCreated, storeRemoved } from './store-messages.ts';
import { storePins } from './store-pins.ts';
import { storeReactions } from './store-reactions.ts';

/**
 * Stores what a channel room accepted, one statement a kind whatever the size of the batch. Storing a
 * batch again, or a larger one that begins like it, changes nothing twice: a message is created once,
 * an older edit never replaces a younger one, of a reaction or a pin the last word counts, and what
 * was removed stays so, without any of them. What a deleted channel still had to say is dropped.
 * @returns whether somebody wrote in an archived thread
 */
export async function storeOutbox(
  deps: Deps,
  { channelId, entries }: z.output<typeof OutboxBatch>,
): Promise<{ wakes: boolean }> {
  const created = entries.filter((entry) => entry.op === 'create');
  const changed = entries.filter((entry) => entry.op === 'edit' || entry.op === 'update');
  const reacted = entries.filter((entry) => entry.op === 'react' || entry.op === 'unreact');
  const pinned = entries.filter((entry) => entry.op === 'pin' || entry.op === 'unpin');
  const removed = entries.filter((entry) => entry.op === 'remove');
  return deps.database.db.transaction(async (tx) => {
    const [channel] = await tx
      .select({ serverId: channels.serverId, archivedAt: channels.archivedAt })
      .from(channels)
      .where(eq(channels.id, channelId))
      // One after the other: of two of one channel, one is a repeat.
      .for('no key update');
    if (channel === undefined) return { wakes: false };
    if (created.length > 0) {
      await storeCreated(tx, channelId, created);
      if (channel.serverId === null) await reopenDirect(tx, channelId);
    }
    if (changed.length > 0) await storeChanged(tx, channelId, changed);
    if (reacted.length > 0) await storeReactions(tx, channelId, reacted);
    const pins = pinned.length > 0 ? await storePins(tx, channelId, pinned) : [];
    if (removed.length > 0) await storeRemoved(tx, channelId, removed);
    const worded = [...created.map(({ message }) => message), ...changed, ...removed];
    await indexMessages(tx, channelId, [...new Set(worded.map(({ id }) => id))]);
    const moderated = removed.flatMap(({ id, by }) => (by === undefined ? [] : [{ id, by }]));
    if (moderated.length > 0) await logRemovals(deps, tx, channelId, moderated);
    // What is removed is not pinned any more: nobody did that apart.
    const gone = new Set(removed.map(({ id }) => id));
    const acts = pins.filter(({ id }) => !gone.has(id));
    if (acts.length > 0) await logPins(deps, tx, channelId, acts);
    return { wakes: created.length > 0 && channel.archivedAt !== null };
  });
}
