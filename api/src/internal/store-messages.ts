import type { Embed } from '@harmonium/api/embed';
import type { Snowflake } from '@harmonium/api/ids';
import { shownLinks } from '@harmonium/api/markup';
import { sql } from 'drizzle-orm';
import type { Transaction } from '../servers/structure.ts';
import { rowsFrom } from './outbox-rows.ts';
import type { Entry } from './outbox-rows.ts';

export async function storeCreated(
  tx: Transaction,
  channelId: Snowflake,
  entries: readonly Entry<'create'>[],
): Promise<void> {
  const rows = entries.map(({ message }) => ({
    id: message.id,
    author: message.author.id,
    content: message.content,
    created: message.createdAt,
    edited: message.editedAt,
    removed: message.removedAt,
    reply: message.replyTo,
    mentions: message.mentions,
    attachments: message.attachments,
    embeds: message.embeds,
    thread: message.threadId,
  }));
  const columns = `id bigint, author bigint, content text,
    created timestamptz, edited timestamptz, removed timestamptz, reply bigint,
    mentions jsonb, attachments jsonb, embeds jsonb, thread bigint`;
  await tx.execute(sql`
    insert into messages (channel_id, id, author_id, content, created_at, edited_at, removed_at,
      reply_to, mentions, attachments, embeds, thread_id)
    select ${channelId}::bigint, id, author, content, created, edited, removed,
      reply, mentions, attachments, embeds, thread
    from ${rowsFrom(rows, columns)}
    on conflict (channel_id, id) do nothing`);
  await takeAttachments(tx, channelId, entries);
}

/** Files that are in a message now are no longer swept away as given up. */
async function takeAttachments(
  tx: Transaction,
  channelId: Snowflake,
  entries: readonly Entry<'create'>[],
): Promise<void> {
  const rows = entries.flatMap(({ message }) =>
    (message.attachments ?? []).map(({ id }) => ({ id, message: message.id })),
  );
  if (rows.length === 0) return;
  await tx.execute(sql`
    update attachments set message_id = row.message
    from ${rowsFrom(rows, 'id bigint, message bigint')}
    where attachments.id = row.id and attachments.channel_id = ${channelId}::bigint
      and attachments.message_id is null`);
}

/** What is changed of a message, with nothing for what stays. */
interface Change {
  id: Snowflake;
  content?: string;
  edited?: string;
  mentions?: object | undefined;
  embeds?: Embed[] | null | undefined;
  /** Embeds are said, none too. */
  previewed?: boolean | undefined;
  /** Those of the words that are new: previews of others end. */
  links?: string[];
  thread?: Snowflake;
}

export async function storeChanged(
  tx: Transaction,
  channelId: Snowflake,
  entries: readonly Entry<'edit' | 'update'>[],
): Promise<void> {
  // One row an id: an UPDATE takes any of several.
  const changes = new Map<Snowflake, Change>();
  for (const entry of entries) {
    const before = changes.get(entry.id) ?? { id: entry.id };
    changes.set(entry.id, { ...before, ...changeOf(entry, before) });
  }
  const columns = `id bigint, content text, edited timestamptz, mentions jsonb,
    embeds jsonb, previewed boolean, links jsonb, thread bigint`;
  const isYounger = sql`row.edited is not null
    and (messages.edited_at is null or messages.edited_at <= row.edited)`;
  await tx.execute(sql`
    update messages set
      content = case when ${isYounger} then row.content else messages.content end,
      edited_at = case when ${isYounger} then row.edited else messages.edited_at end,
      mentions = case when ${isYounger} then row.mentions else messages.mentions end,
      embeds = case
        when row.previewed then row.embeds
        when ${isYounger} then (
          select jsonb_agg(kept.embed order by kept.at)
          from jsonb_array_elements(messages.embeds) with ordinality as kept(embed, at)
          where kept.embed ->> 'url' in (select jsonb_array_elements_text(row.links))
        )
        else messages.embeds
      end,
      thread_id = coalesce(row.thread, messages.thread_id)
    from ${rowsFrom([...changes.values()], columns)}
    where messages.channel_id = ${channelId}::bigint and messages.id = row.id
      and messages.removed_at is null`);
}

function changeOf(entry: Entry<'edit' | 'update'>, before: Change): Omit<Change, 'id'> {
  if (entry.op === 'edit') {
    const { content, editedAt: edited, mentions } = entry;
    // As the room does it: of links that are still there the previews hold.
    const links = shownLinks(content);
    const kept = before.embeds?.filter(({ url }) => links.includes(url));
    return { content, edited, mentions, links, ...(kept && { embeds: anyOf(kept) }) };
  }
  const { embeds, threadId } = entry;
  return {
    ...(embeds && { embeds: anyOf(embeds), previewed: true }),
    ...(threadId && { thread: threadId }),
  };
}

const anyOf = (embeds: Embed[]): Embed[] | null => (embeds.length === 0 ? null : embeds);

/** A tombstone has nothing left of what was said, shown, pinned or put on it. */
export async function storeRemoved(
  tx: Transaction,
  channelId: Snowflake,
  entries: readonly Entry<'remove'>[],
): Promise<void> {
  const rows = entries.map(({ id, removedAt }) => ({ id, removed: removedAt }));
  const removals = rowsFrom(rows, 'id bigint, removed timestamptz');
  const channel = sql`${channelId}::bigint`;
  await tx.execute(sql`
    update messages set content = '', mentions = null, attachments = null, embeds = null,
      removed_at = row.removed
    from ${removals}
    where messages.channel_id = ${channel} and messages.id = row.id
      and messages.removed_at is null`);
  await tx.execute(sql`
    delete from reactions using ${removals}
    where reactions.channel_id = ${channel} and reactions.message_id = row.id`);
  await tx.execute(sql`
    delete from pins using ${removals}
    where pins.channel_id = ${channel} and pins.message_id = row.id`);
  // Their bytes go after.
  await tx.execute(sql`
    update attachments set state = 'gone' from ${removals}
    where attachments.channel_id = ${channel} and attachments.message_id = row.id
      and attachments.state <> 'gone'`);
}
