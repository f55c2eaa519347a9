import type { Attachment } from '@harmonium/api/attachment';
import type { Snowflake } from '@harmonium/api/ids';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { attachments } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';

export type UploadRow = typeof attachments.$inferSelect;

/** An own upload that is in no message yet; to anyone else, and later, it is `not_found`. */
export function ownUpload(userId: Snowflake, id: Snowflake) {
  return and(
    eq(attachments.id, id),
    eq(attachments.uploaderId, userId),
    isNull(attachments.messageId),
    inArray(attachments.state, ['pending', 'ready']),
  );
}

export async function findUpload(
  { database }: Pick<Deps, 'database'>,
  userId: Snowflake,
  id: Snowflake,
): Promise<UploadRow> {
  const [row] = await database.db.select().from(attachments).where(ownUpload(userId, id));
  if (row === undefined) throw new Problem('not_found');
  return row;
}

/** What a message says of a file. */
export function attachmentOf({ id, name, size, type, width, height, blur }: UploadRow): Attachment {
  return {
    id,
    name,
    size,
    type,
    ...(width === null || height === null ? {} : { width, height }),
    ...(blur === null ? {} : { blur }),
  };
}
