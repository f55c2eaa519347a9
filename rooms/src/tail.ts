import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { HISTORY_LENGTH, REPLAY_LENGTH } from '../contract/limits.ts';
import { isMessageRecord, type ChannelRecord } from '../contract/server-event.ts';
import { tombstoneOf } from './tombstone.ts';

/**
 * The youngest messages, oldest first, where what happened since to others (a thousand reactions) is
 * more than memory holds of the log.
 * @param youngest the end of the log, oldest first
 * @param first the oldest event that is stored
 */
export async function youngestMessages(
  youngest: readonly ChannelRecord[],
  first: number,
  read: (seq: number, limit: number) => Promise<ChannelRecord[]>,
): Promise<Message[]> {
  const tail: Message[] = [];
  /** As they are now, of messages whose beginning was not met yet. */
  const versions = new Map<Snowflake, Message>();
  const gone = new Map<Snowflake, string>();
  let records = youngest;
  for (;;) {
    for (const record of records.toReversed()) {
      if (record.type === 'messages.removed') {
        for (const id of record.ids) gone.set(id, record.removedAt);
      }
      if (!isMessageRecord(record)) continue;
      const { id } = record.message;
      const version = versions.get(id) ?? record.message;
      versions.set(id, version);
      if (record.type !== 'message.created') continue;
      versions.delete(id);
      const removedAt = gone.get(id);
      tail.unshift(removedAt === undefined ? version : tombstoneOf(version, removedAt));
      if (tail.length === HISTORY_LENGTH) return tail;
    }
    const end = records[0]?.seq ?? first;
    if (end <= first) return tail;
    const from = Math.max(first, end - REPLAY_LENGTH);
    records = await read(from, end - from);
  }
}
