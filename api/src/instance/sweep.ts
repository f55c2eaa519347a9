import { lt, or } from 'drizzle-orm';
import { sweepAbandoned } from '../channels/sweep-abandoned.ts';
import { invites, mailTokens, sessions } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { forgetOldAnswers } from '../http/idempotency.ts';
import { forgetOldActs } from '../moderation/forget-old-acts.ts';
import { sweepPictures } from '../previews/pictures.ts';
import { indexPast } from '../search/index-past.ts';
import { archiveIdle } from '../threads/archive-idle.ts';
import { markLostFiles, sweepFiles, sweepSentLate } from '../uploads/sweep-files.ts';

/** How often an entry calls `sweep`, in milliseconds. */
export const SWEEP_INTERVAL_MS = 60 * 60 * 1000;
/** What has ended is kept this long, for whoever asks why, in milliseconds. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** Deletes what nobody can use any more. A failure is logged: the next sweep does it. */
export async function sweep(
  deps: Pick<Deps, 'database' | 'files' | 'meter' | 'now' | 'log' | 'rooms' | 'background'>,
): Promise<void> {
  const { db } = deps.database;
  await archiveIdle(deps);
  await sweepAbandoned(deps);
  await sweepPictures(deps);
  await indexPast(deps);
  const before = new Date(deps.now() - KEPT_MS);
  try {
    await forgetOldAnswers(deps);
    await forgetOldActs(deps);
    await db
      .delete(sessions)
      .where(or(lt(sessions.expiresAt, before), lt(sessions.revokedAt, before)));
    await db.delete(mailTokens).where(lt(mailTokens.expiresAt, new Date(deps.now())));
    await db.delete(invites).where(lt(invites.expiresAt, before));
    await markLostFiles(deps);
    await sweepSentLate(deps);
  } catch (problem) {
    deps.log.warn('what has ended was not swept away', { error: problem });
  }
  await sweepFiles(deps);
}
