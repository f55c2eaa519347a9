import { createSnowflakes } from '@harmonium/api/ids';
import type { Snowflake } from '@harmonium/api/ids';
import { sql } from 'drizzle-orm';
import type { Database } from '../api/src/db/database.ts';
import { messageVector } from '../api/src/search/message-vector.ts';

const VOCABULARY = 30_000;
const WORDS_A_MESSAGE = 12;
const BATCH = 5_000;
const MINUTE_MS = 60_000;
/** One message in so many has each of these. */
export const RARE_EVERY = 50_000;
const LINK_EVERY = 40;

export interface Corpus {
  serverId: Snowflake;
  channelIds: readonly Snowflake[];
  authorIds: readonly Snowflake[];
}

/**
 * Fills a server with messages, one a minute, whose words are as frequent as in a language: the n-th
 * is in one n-th as many as the first.
 * @returns the ids, oldest first
 */
export async function fillCorpus(
  db: Database,
  corpus: Corpus,
  count: number,
): Promise<Snowflake[]> {
  const { channelIds, authorIds, serverId } = corpus;
  let now = Date.UTC(2024, 6, 1);
  const ids = createSnowflakes({ node: 1, now: () => now });
  const random = seeded(42);
  const made: Snowflake[] = [];
  // Built at the end: that is how long it takes at once, and not what is measured here.
  await db.execute(sql`alter table message_words drop constraint message_words_message`);
  await db.execute(sql`drop index message_words_words`);
  while (made.length < count) {
    const rows = Array.from({ length: Math.min(BATCH, count - made.length) }, () => {
      now += MINUTE_MS;
      const id = ids.next();
      const at = made.push(id);
      const channelId = oneOf(channelIds, random());
      const authorId = oneOf(authorIds, random() ** 2);
      const content = contentOf(at, random);
      const words = messageVector({ authorId, content }, [serverId, channelId]);
      return { id, channelId, authorId, content, words };
    });
    await insert(db, serverId, rows);
  }
  await db.transaction(async (tx) => {
    // Longer than a request may take.
    await tx.execute(sql`set local statement_timeout = 0`);
    await tx.execute(sql`
      alter table message_words add constraint message_words_message
      foreign key (channel_id, id) references messages (channel_id, id) on delete cascade`);
    await tx.execute(sql`
      create index message_words_words on message_words using gin (words)
      with (gin_pending_list_limit = 256)`);
  });
  await db.execute(sql`vacuum analyze`);
  return made;
}

/** The n-th word, the most frequent first. */
export const wordAt = (rank: number): string => `w${rank.toString(36)}`;

function contentOf(at: number, random: () => number): string {
  const words = Array.from({ length: WORDS_A_MESSAGE }, () =>
    wordAt(Math.floor(VOCABULARY ** random()) - 1),
  );
  if (at % RARE_EVERY === 0) words.push('rareword beside another');
  if (at % LINK_EVERY === 0) words.push(`https://example.org/${at}`);
  // Frequent once, and never since.
  if (at < 300_000 && at % 3 === 0) words.push('bygone');
  return words.join(' ');
}

type Row = Record<'id' | 'channelId' | 'authorId' | 'content' | 'words', string>;

async function insert(db: Database, serverId: Snowflake, rows: readonly Row[]): Promise<void> {
  const json = JSON.stringify(rows);
  const shape = sql`json_to_recordset(${json}::json) as row(
    id bigint, "channelId" bigint, "authorId" bigint, content text, words text
  )`;
  await db.execute(sql`
    insert into messages (channel_id, id, author_id, content, created_at)
    select "channelId", id, "authorId", content, now() from ${shape}`);
  await db.execute(sql`
    insert into message_words (channel_id, id, scope_id, words)
    select "channelId", id, ${serverId}::bigint, words::tsvector from ${shape}`);
}

function oneOf(ids: readonly Snowflake[], share: number): Snowflake {
  const id = ids[Math.floor(share * ids.length)];
  if (id === undefined) throw new RangeError('There is nobody.');
  return id;
}

/** The same numbers at each run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
