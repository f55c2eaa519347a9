import { cleanFileName } from '@harmonium/api/file-name';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import type { CreateUpload, Upload } from '@harmonium/api/upload';
import { channelAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { attachments } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { SENT_WITHIN_MS, incomingKey } from './keys.ts';
import { UNKNOWN_TYPE } from './media-type.ts';
import { requireRoom } from './quota.ts';

/** Promises a file: from now on it counts against the quota, until it is there or given up. */
export async function createUpload(
  core: Core,
  userId: Snowflake,
  { channelId, name, size }: { channelId: Snowflake } & CreateUpload,
): Promise<Upload> {
  await channelAccess(core, userId, channelId, Permission.ATTACH_FILES);
  if (size > core.instance.limits.uploadSize) throw new Problem('too_large');
  const id = core.ids.next();
  const row = {
    id,
    channelId,
    uploaderId: userId,
    state: 'pending',
    name: cleanFileName(name),
    // What it is shows when it is there.
    type: UNKNOWN_TYPE,
    size,
    createdAt: new Date(core.now()),
  } as const;
  await core.database.db.transaction(async (tx) => {
    await requireRoom(tx, core.uploadQuota, userId, size);
    await tx.insert(attachments).values(row);
  });
  const about = { size, type: UNKNOWN_TYPE };
  const { url, method, headers } = await core.files.signUpload(
    incomingKey(id),
    about,
    SENT_WITHIN_MS / 1000,
  );
  return { id, uploadUrl: url, method, headers };
}
