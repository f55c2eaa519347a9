import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import type { CompletedUpload } from '@harmonium/api/upload';
import { and, eq } from 'drizzle-orm';
import { channelAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { attachments } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { attemptsOf, forgetCount } from '../http/rate-limits.ts';
import { deleteBytes } from './sweep-files.ts';
import { inspect } from './inspect.ts';
import { attachmentOf, findUpload, ownUpload } from './upload-of.ts';
import type { UploadRow } from './upload-of.ts';

/** Seconds a check may take before somebody else may begin one of the same file. */
const CHECKED_WITHIN_S = 120;
/** An upload that is older is as good as swept, in milliseconds. */
const COMPLETED_WITHIN_MS = 24 * 60 * 60 * 1000;

/** Has the bytes checked, once: asked again it answers the same file, with a fresh ticket. */
export async function completeUpload(
  core: Core,
  userId: Snowflake,
  id: Snowflake,
): Promise<CompletedUpload> {
  const row = await findUpload(core, userId, id);
  const { channelId } = row;
  await channelAccess(core, userId, channelId, Permission.ATTACH_FILES);
  if (row.createdAt.getTime() + COMPLETED_WITHIN_MS < core.now()) throw new Problem('not_found');
  const ready = row.state === 'ready' ? row : await checkAlone(core, row);
  const attachment = attachmentOf(ready);
  const ticket = await core.tickets.issueAttachment({ channelId, userId, attachment });
  return { attachment, ticket };
}

/** Else what is sent anew during one check would be taken for what that check saw. */
async function checkAlone(core: Core, row: UploadRow): Promise<UploadRow> {
  const key = `checking:${row.id}`;
  const checks = await attemptsOf(core, key, CHECKED_WITHIN_S);
  if (checks !== undefined && checks.count > 1) throw new Problem('unavailable', { retryAfter: 2 });
  try {
    // It may have been done since we looked.
    const now = await findUpload(core, row.uploaderId, row.id);
    return now.state === 'ready' ? now : await check(core, now);
  } finally {
    await forgetCount(core, key);
  }
}

async function check(core: Core, row: UploadRow): Promise<UploadRow> {
  const found = await inspect(core, row);
  const [ready] = await core.database.db
    .update(attachments)
    .set({ ...found, state: 'ready' })
    .where(and(ownUpload(row.uploaderId, row.id), eq(attachments.state, 'pending')))
    .returning();
  if (ready === undefined) return sinceThen(core, row);
  core.meter.fileStored(ready.size);
  return ready;
}

/** Another one was done with it since we looked, or it was given up, and what we made is in the way. */
async function sinceThen(core: Core, { uploaderId, id }: UploadRow): Promise<UploadRow> {
  try {
    return await findUpload(core, uploaderId, id);
  } catch (gone) {
    await deleteBytes(core, id);
    throw gone;
  }
}
