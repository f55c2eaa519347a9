import type { Snowflake } from '@harmonium/api/ids';
import { and, asc, eq, gt, isNull, lt, notExists, or } from 'drizzle-orm';
import { attachments, channels } from '../db/schema.ts';
import { withoutParameters } from '../db/query-error.ts';
import type { Deps } from '../deps.ts';
import { fileKey, incomingKey, thumbnailKey } from './keys.ts';

type Needs = Pick<Deps, 'database' | 'files' | 'log' | 'meter' | 'now'>;

const DAY_MS = 24 * 60 * 60 * 1000;
/** Longer than an upload can be completed and sent. */
const PENDING_MS = DAY_MS + 60 * 60 * 1000;
/** Completed on the first day, its ticket ends on the second; on the third its message may still come. */
const UNSENT_MS = 3 * DAY_MS;
/** Files looked at together. */
const BATCH = 100;

/** Sweeps under way, by what they sweep; true: there is more since they began. */
const sweeping = new WeakMap<Needs['database'], boolean>();

/**
 * Deletes the bytes of files that are gone, and then their rows: when the store fails the row stays,
 * and the next sweep tries again. As deleting what is not there does nothing, and no id comes twice,
 * several processes may sweep at once; in one of them, who comes later leaves it to the first. Never
 * rejects.
 */
export async function sweepFiles(deps: Needs): Promise<void> {
  const { database } = deps;
  const isUnderWay = sweeping.has(database);
  sweeping.set(database, isUnderWay);
  if (isUnderWay) return;
  try {
    do {
      sweeping.set(database, false);
      await sweepOnce(deps);
    } while (sweeping.get(database) === true);
  } catch (problem) {
    deps.log.warn('files were not swept away', { error: withoutParameters(problem) });
  } finally {
    sweeping.delete(database);
  }
}

async function sweepOnce(deps: Needs): Promise<void> {
  for (let after: Snowflake | undefined; ;) {
    const rows = await deps.database.db
      .select({ id: attachments.id })
      .from(attachments)
      .where(and(eq(attachments.state, 'gone'), after && gt(attachments.id, after)))
      .orderBy(asc(attachments.id))
      .limit(BATCH);
    for (const { id } of rows) await dropFile(deps, id);
    after = rows.at(-1)?.id;
    if (after === undefined || rows.length < BATCH) return;
  }
}

/** All that there may be of a file, whatever became of it. */
export async function deleteBytes({ files }: Pick<Deps, 'files'>, id: Snowflake): Promise<void> {
  for (const key of [incomingKey(id), thumbnailKey(id), fileKey(id)]) await files.delete(key);
}

async function dropFile(deps: Needs, id: Snowflake): Promise<void> {
  const { database, log, meter } = deps;
  try {
    await deleteBytes(deps, id);
  } catch (error) {
    meter.filesSwept('failed', 1);
    log.warn('a file was not deleted', { id, error });
    return;
  }
  const dropped = await database.db
    .delete(attachments)
    .where(and(eq(attachments.id, id), eq(attachments.state, 'gone')))
    .returning({ id: attachments.id });
  // Of several who sweep, one has deleted it.
  if (dropped.length > 0) meter.filesSwept('deleted', 1);
}

/** Marks what was never sent, and what was in channels that are no more. */
export async function markLostFiles({
  database,
  now,
}: Pick<Deps, 'database' | 'now'>): Promise<void> {
  const { db } = database;
  const before = (age: number) => lt(attachments.createdAt, new Date(now() - age));
  const unsent = or(and(eq(attachments.state, 'pending'), before(PENDING_MS)), before(UNSENT_MS));
  await db
    .update(attachments)
    .set({ state: 'gone' })
    .where(and(isNull(attachments.messageId), unsent));
  const channel = db.select({ id: channels.id }).from(channels);
  await db
    .update(attachments)
    .set({ state: 'gone' })
    .where(notExists(channel.where(eq(channels.id, attachments.channelId))));
}
