import type { Snowflake } from '@harmonium/api/ids';
import { sql } from 'drizzle-orm';
import type { Transaction } from '../servers/structure.ts';
import { rowsFrom } from './outbox-rows.ts';
import type { Entry } from './outbox-rows.ts';

/** Of each emoji of somebody on a message the last word counts, whatever was said before it. */
export async function storeReactions(
  tx: Transaction,
  channelId: Snowflake,
  entries: readonly Entry<'react' | 'unreact'>[],
): Promise<void> {
  const last = new Map(entries.map((entry) => [keyOf(entry), entry]));
  const words = [...last.values()];
  const put = words.filter((entry) => entry.op === 'react');
  const taken = words.filter((entry) => entry.op === 'unreact');
  if (put.length > 0) await storePut(tx, channelId, put);
  if (taken.length > 0) await storeTaken(tx, channelId, taken);
}

function keyOf({ id, emoji, userId }: Entry<'react' | 'unreact'>): string {
  return `${id} ${userId} ${emoji}`;
}

/** Nothing is put on what was removed meanwhile, and nothing by whose account was deleted. */
async function storePut(tx: Transaction, channelId: Snowflake, entries: Entry<'react'>[]) {
  const rows = entries.map(({ id, emoji, userId, at }) => ({ id, emoji, person: userId, at }));
  const columns = 'id bigint, emoji text, person bigint, at timestamptz';
  await tx.execute(sql`
    insert into reactions (channel_id, message_id, emoji, user_id, created_at)
    select m.channel_id, m.id, row.emoji, row.person, row.at
    from ${rowsFrom(rows, columns)}
    join messages m on m.channel_id = ${channelId}::bigint and m.id = row.id
      and m.removed_at is null
    where not exists (
      select 1 from users u where u.id = row.person and u.deleted_at is not null
    )
    on conflict (channel_id, message_id, emoji, user_id) do update
      set created_at = excluded.created_at where reactions.created_at < excluded.created_at`);
}

async function storeTaken(tx: Transaction, channelId: Snowflake, entries: Entry<'unreact'>[]) {
  const rows = entries.map(({ id, emoji, userId }) => ({ id, emoji, person: userId }));
  await tx.execute(sql`
    delete from reactions using ${rowsFrom(rows, 'id bigint, emoji text, person bigint')}
    where reactions.channel_id = ${channelId}::bigint and reactions.message_id = row.id
      and reactions.emoji = row.emoji and reactions.user_id = row.person`);
}
