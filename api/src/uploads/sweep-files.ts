import type { Snowflake } from '@harmonium/api/ids';
import { and, asc, eq, gt, inArray, isNull, lt, notExists, or } from 'drizzle-orm';
import { attachments, channels } from '../db/schema.ts';
import { withoutParameters } from '../db/query-error.ts';
import type { Deps } from '../deps.ts';
import { SENT_WITHIN_MS, fileKey, incomingKey, thumbnailKey } from './keys.ts';

type Needs = Pick<Deps, 'database' | 'files' | 'log' | 'meter' | 'now'>;

const DAY_MS = 24 * 60 * 60 * 1000;
/** Longer than an upload can be completed and sent. */
const PENDING_MS = DAY_MS + 60 * 60 * 1000;
/** Completed on the first day, its ticket ends on the second; on the third its message may still come. */
const UNSENT_MS = 3 * DAY_MS;
/** An address ends, and what was begun before has come to its end. */
const SENT_BY_NOW_MS = 2 * SENT_WITHIN_MS;
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

/** The row stays for as long as its sender could send something that nobody would know of. */
async function dropFile(deps: Needs, id: Snowflake): Promise<void> {
  const { database, log, meter, now } = deps;
  try {
    await deleteBytes(deps, id);
  } catch (error) {
    meter.filesSwept('failed', 1);
    log.warn('a file was not deleted', { id, error });
    return;
  }
  const dropped = await database.db
    .update(attachments)
    .set({ state: 'swept' })
    .where(and(eq(attachments.id, id), eq(attachments.state, 'gone')))
    .returning({ id: attachments.id });
  // Of several who sweep, one has deleted it.
  if (dropped.length > 0) meter.filesSwept('deleted', 1);
  await database.db
    .delete(attachments)
    .where(
      and(
        eq(attachments.id, id),
        eq(attachments.state, 'swept'),
        lt(attachments.createdAt, sentBefore(now())),
      ),
    );
}

function sentBefore(now: number): Date {
  return new Date(now - SENT_BY_NOW_MS);
}

/**
 * What was sent once more after it was looked at, or after it was given up, is in no message and in
 * nobody's quota: once its address has ended it goes, too.
 */
export async function sweepSentLate({ database, files, log, now }: Needs): Promise<void> {
  const { db } = database;
  const { id, state, createdAt } = attachments;
  // Sweeps are an hour apart: each of those kept is seen at least once.
  const isRecent = gt(createdAt, sentBefore(now() - SENT_BY_NOW_MS));
  const rows = await db
    .select({ id, state })
    .from(attachments)
    .where(
      and(
        lt(createdAt, sentBefore(now())),
        or(eq(state, 'swept'), and(eq(state, 'ready'), isRecent)),
      ),
    );
  try {
    for (const row of rows) {
      await files.delete(incomingKey(row.id));
      if (row.state === 'swept') await db.delete(attachments).where(eq(id, row.id));
    }
  } catch (error) {
    log.warn('what was sent late was not deleted', { error: withoutParameters(error) });
  }
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
    .where(
      and(isNull(attachments.messageId), inArray(attachments.state, ['pending', 'ready']), unsent),
    );
  const channel = db.select({ id: channels.id }).from(channels);
  await db
    .update(attachments)
    .set({ state: 'gone' })
    .where(
      and(
        inArray(attachments.state, ['pending', 'ready']),
        notExists(channel.where(eq(channels.id, attachments.channelId))),
      ),
    );
}
