import type { Snowflake } from '@harmonium/api/ids';
import type { OutboxBatch, OutboxEntry } from '@harmonium/api/internal';
import { eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Database } from '../db/database.ts';
import { channels } from '../db/schema.ts';
import { reopenDirect } from '../direct/close-direct.ts';
import { logRemovals } from './log-removals.ts';
import type { Deps } from '../deps.ts';
import type { Transaction } from '../servers/structure.ts';

type Entry<Op extends OutboxEntry['op']> = Extract<OutboxEntry, { op: Op }>;

/**
 * Stores what a channel room accepted: new messages, then edits, then removals, one statement each
 * whatever the size of the batch. Storing a batch again, or a larger one that begins like it, changes
 * nothing twice: a message is created once, an older edit never replaces a younger one, and what was
 * removed stays so. What a deleted channel still had to say is dropped.
 */
export async function storeOutbox(
  deps: Deps,
  { channelId, entries }: z.output<typeof OutboxBatch>,
): Promise<void> {
  const { db } = deps.database;
  const created = entries.filter((entry) => entry.op === 'create');
  const edited = entries.filter((entry) => entry.op === 'edit');
  const removed = entries.filter((entry) => entry.op === 'remove');
  await db.transaction(async (tx) => {
    const [channel] = await tx
      .select({ serverId: channels.serverId })
      .from(channels)
      .where(eq(channels.id, channelId))
      .for('key share');
    if (channel === undefined) return;
    if (created.length > 0) {
      await storeCreated(tx, channelId, created);
      if (channel.serverId === null) await reopenDirect(tx, channelId);
    }
    if (edited.length > 0) await storeEdited(tx, channelId, edited);
    if (removed.length > 0) await storeRemoved(tx, channelId, removed);
    const moderated = removed.flatMap(({ id, by }) => (by === undefined ? [] : [{ id, by }]));
    if (moderated.length > 0) await logRemovals(deps, tx, channelId, moderated);
  });
}

type Writer = Database | Transaction;

/** As JSON the rows are one parameter: a statement of 3,500 costs us ten times the time to build. */
async function storeCreated(tx: Writer, channelId: Snowflake, entries: Entry<'create'>[]) {
  const rows = entries.map(({ message }) => ({
    id: message.id,
    author: message.author.id,
    content: storable(message.content),
    created: message.createdAt,
    edited: message.editedAt,
    removed: message.removedAt,
  }));
  await tx.execute(sql`
    insert into messages (channel_id, id, author_id, content, created_at, edited_at, removed_at)
    select ${channelId}::bigint, id, author, content, created, edited, removed
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(
      id bigint, author bigint, content text,
      created timestamptz, edited timestamptz, removed timestamptz
    )
    on conflict (channel_id, id) do nothing`);
}

async function storeEdited(tx: Writer, channelId: Snowflake, entries: Entry<'edit'>[]) {
  // One row an id, the last: an UPDATE takes any of several.
  const last = new Map(entries.map((entry) => [entry.id, entry]));
  const rows = [...last.values()].map(({ id, content, editedAt }) => ({
    id,
    content: storable(content),
    edited: editedAt,
  }));
  await tx.execute(sql`
    update messages set content = row.content, edited_at = row.edited
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(
      id bigint, content text, edited timestamptz
    )
    where messages.channel_id = ${channelId}::bigint and messages.id = row.id
      and messages.removed_at is null
      and (messages.edited_at is null or messages.edited_at <= row.edited)`);
}

async function storeRemoved(tx: Writer, channelId: Snowflake, entries: Entry<'remove'>[]) {
  const rows = entries.map(({ id, removedAt }) => ({ id, removed: removedAt }));
  await tx.execute(sql`
    update messages set content = '', removed_at = row.removed
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(id bigint, removed timestamptz)
    where messages.channel_id = ${channelId}::bigint and messages.id = row.id
      and messages.removed_at is null`);
}

/**
 * PostgreSQL stores neither U+0000 nor half a character. The room has accepted the message, so it
 * is stored as near as can be: refusing it here would hold up everything behind it.
 */
function storable(content: string): string {
  return content.toWellFormed().replaceAll(String.fromCharCode(0), '\ufffd');
}
