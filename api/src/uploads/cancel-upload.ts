import type { Snowflake } from '@harmonium/api/ids';
import type { Core } from '../announce.ts';
import { attachments } from '../db/schema.ts';
import { Problem } from '../problem.ts';
import { sweepFiles } from './sweep-files.ts';
import { ownUpload } from './upload-of.ts';

/** Gives up an upload, at whatever point it is; what is in a message goes with the message. */
export async function cancelUpload(core: Core, userId: Snowflake, id: Snowflake): Promise<void> {
  const given = await core.database.db
    .update(attachments)
    .set({ state: 'gone' })
    .where(ownUpload(userId, id))
    .returning({ id: attachments.id });
  if (given.length === 0) throw new Problem('not_found');
  core.background(sweepFiles(core));
}
