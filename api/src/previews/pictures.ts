import type { Snowflake } from '@harmonium/api/ids';
import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import { previewPictures } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { IMAGES_PATH } from '../images/image-store.ts';
import { sha256 } from '../sha-256.ts';

const HASH_LENGTH = 32;
/** Younger ones may not have reached their message yet. */
const SWEPT_AFTER_MS = 60 * 60 * 1000;
const BATCH = 500;

type Needs = Pick<Deps, 'database' | 'files' | 'log'>;

interface Place {
  channelId: Snowflake;
  messageId: Snowflake;
}

/**
 * Keeps the picture of one message's preview. Each message has its own, though others show the same: it
 * goes with its message.
 * @returns its address
 */
export async function keepPicture(
  { database, files, now }: Needs & Pick<Deps, 'now'>,
  { channelId, messageId }: Place,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const own = new TextEncoder().encode(`${messageId}:`);
  const hash = (await sha256(joined(own, bytes))).slice(0, HASH_LENGTH);
  // Noted first: what is not noted would never be deleted.
  await database.db
    .insert(previewPictures)
    .values({ channelId, messageId, hash, createdAt: new Date(now()) })
    .onConflictDoNothing();
  const key = keyOf({ channelId, hash });
  await files.put(key, bytes, { size: bytes.byteLength, type: 'image/webp' });
  return IMAGES_PATH + key;
}

/** Deletes the pictures of messages but those at `kept`. Never rejects: what stays is swept. */
export async function dropPictures(
  deps: Needs,
  channelId: Snowflake,
  messageIds: readonly Snowflake[],
  kept: readonly string[] = [],
): Promise<void> {
  try {
    const rows = await deps.database.db
      .select()
      .from(previewPictures)
      .where(
        and(
          eq(previewPictures.channelId, channelId),
          inArray(previewPictures.messageId, [...messageIds]),
        ),
      );
    await deleteAll(
      deps,
      rows.filter((row) => !kept.includes(IMAGES_PATH + keyOf(row))),
    );
  } catch (problem) {
    deps.log.warn('pictures of previews were not deleted', { channelId, error: problem });
  }
}

/** Deletes pictures that no message shows. A failure is logged: the next sweep does it. */
export async function sweepPictures(deps: Needs & Pick<Deps, 'now'>): Promise<void> {
  try {
    const rows = await deps.database.db
      .select()
      .from(previewPictures)
      .where(
        and(
          lt(previewPictures.createdAt, new Date(deps.now() - SWEPT_AFTER_MS)),
          sql`not exists (
            select 1 from messages
            where messages.channel_id = ${previewPictures.channelId}
              and messages.id = ${previewPictures.messageId}
              and messages.removed_at is null
              and messages.embeds::text like '%' || ${previewPictures.hash} || '%'
          )`,
        ),
      )
      .limit(BATCH);
    await deleteAll(deps, rows);
  } catch (problem) {
    deps.log.warn('pictures of previews were not swept', { error: problem });
  }
}

type Row = typeof previewPictures.$inferSelect;

/** The file before the row that remembers it. */
async function deleteAll(deps: Needs, rows: readonly Row[]): Promise<void> {
  for (const row of rows) {
    await deps.files.delete(keyOf(row));
    await deps.database.db
      .delete(previewPictures)
      .where(and(eq(previewPictures.channelId, row.channelId), eq(previewPictures.hash, row.hash)));
  }
}

const keyOf = ({ channelId, hash }: Pick<Row, 'channelId' | 'hash'>): string =>
  `previews/${channelId}/${hash}`;

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(one.byteLength + other.byteLength);
  whole.set(one);
  whole.set(other, one.byteLength);
  return whole;
}
