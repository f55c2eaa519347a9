import type { Snowflake } from '@harmonium/api/ids';
import { and, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import { messages, pins } from '../db/schema.ts';
import type { Transaction } from '../servers/structure.ts';
import type { Entry } from './outbox-rows.ts';

export type PinEntry = Entry<'pin' | 'unpin'>;

/** @returns those entries that changed something: told again, none does */
export async function storePins(
  tx: Transaction,
  channelId: Snowflake,
  entries: readonly PinEntry[],
): Promise<PinEntry[]> {
  // Of one message the last word counts.
  const last = new Map(entries.map((entry) => [entry.id, entry]));
  const words = [...last.values()];
  const pinned = words.filter((entry) => entry.op === 'pin');
  const unpinned = words.filter((entry) => entry.op === 'unpin');
  const changed = new Set<Snowflake>([
    ...(pinned.length > 0 ? await storePinned(tx, channelId, pinned) : []),
    ...(unpinned.length > 0 ? await storeUnpinned(tx, channelId, unpinned) : []),
  ]);
  return words.filter(({ id }) => changed.has(id));
}

async function storePinned(tx: Transaction, channelId: Snowflake, entries: Entry<'pin'>[]) {
  const there = await thoseThere(tx, channelId, entries);
  const rows = entries
    .filter(({ id }) => there.has(id))
    .map(({ id, by, at }) => ({
      channelId,
      messageId: id,
      pinnedBy: by,
      pinnedAt: new Date(at),
    }));
  if (rows.length === 0) return [];
  const changed = await tx
    .insert(pins)
    .values(rows)
    .onConflictDoUpdate({
      target: [pins.channelId, pins.messageId],
      set: { pinnedBy: sql`excluded.pinned_by`, pinnedAt: sql`excluded.pinned_at` },
      setWhere: lt(pins.pinnedAt, sql`excluded.pinned_at`),
    })
    .returning({ id: pins.messageId });
  return changed.map(({ id }) => id);
}

/** What was removed meanwhile is not pinned any more. */
async function thoseThere(tx: Transaction, channelId: Snowflake, entries: readonly PinEntry[]) {
  const ids = entries.map(({ id }) => id);
  const rows = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(eq(messages.channelId, channelId), inArray(messages.id, ids), isNull(messages.removedAt)),
    );
  return new Set(rows.map(({ id }) => id));
}

async function storeUnpinned(tx: Transaction, channelId: Snowflake, entries: Entry<'unpin'>[]) {
  const ids = entries.map(({ id }) => id);
  const gone = await tx
    .delete(pins)
    .where(and(eq(pins.channelId, channelId), inArray(pins.messageId, ids)))
    .returning({ id: pins.messageId });
  return gone.map(({ id }) => id);
}
