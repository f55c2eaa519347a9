import type { Snowflake } from '@harmonium/api/ids';
import { compareSnowflakes, firstSnowflakeAt, snowflakeTime } from '@harmonium/api/ids';
import type { AttachmentAddress } from '@harmonium/api/upload';
import { and, eq, inArray } from 'drizzle-orm';
import { channelAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { attachments, messages } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { askUndrained } from '../messages/undrained.ts';
import { fileKey, thumbnailKey } from './keys.ts';
import { TEXT_TYPE } from './media-type.ts';
import type { UploadRow } from './upload-of.ts';

const HOUR_MS = 60 * 60 * 1000;
/** Seconds: to the end of the hour, and one more. */
const SHOWN_FOR_S = 2 * 60 * 60;
/** Clocks of room and api may differ by so much. */
const CLOCKS_APART_MS = 60_000;
/** Changes of a room that are looked at. */
const UNDRAINED = 100;

/**
 * Where files of messages are read, for those who may read the messages; what is in none, or in one
 * that was removed, is left out. What the room has not handed over yet counts as well.
 */
export async function readAddresses(
  core: Core,
  userId: Snowflake,
  channelId: Snowflake,
  ids: readonly Snowflake[],
): Promise<AttachmentAddress[]> {
  await channelAccess(core, userId, channelId);
  const found = await findFiles(core, channelId, ids);
  if (found.length === 0) return [];
  const { sent, removed } = await heardOf(core, channelId, found);
  const shown = found.filter(({ file, isThere }) => {
    if (file.messageId === null) return sent.has(file.id);
    return isThere && !removed.has(file.messageId);
  });
  return Promise.all(shown.map(({ file }) => addressOf(core, file)));
}

interface Found {
  file: UploadRow;
  /** Its message is stored, and was not removed. */
  isThere: boolean;
}

async function findFiles(
  { database }: Core,
  channelId: Snowflake,
  ids: readonly Snowflake[],
): Promise<Found[]> {
  const ofMessage = and(
    eq(messages.channelId, attachments.channelId),
    eq(messages.id, attachments.messageId),
  );
  const rows = await database.db
    .select({ file: attachments, message: { id: messages.id, removedAt: messages.removedAt } })
    .from(attachments)
    .leftJoin(messages, ofMessage)
    .where(
      and(
        inArray(attachments.id, [...ids]),
        eq(attachments.channelId, channelId),
        eq(attachments.state, 'ready'),
      ),
    );
  return rows.map(({ file, message }) => ({ file, isThere: message?.removedAt === null }));
}

/** By the room: which files were sent, and which messages removed, of what is not stored yet. */
async function heardOf(core: Core, channelId: Snowflake, found: readonly Found[]) {
  // A message is younger than its files.
  const [oldest] = found.map(({ file }) => file.messageId ?? file.id).sort(compareSnowflakes);
  const after = oldest && firstSnowflakeAt(snowflakeTime(oldest) - CLOCKS_APART_MS);
  const range = { after, first: 'newest', limit: UNDRAINED } as const;
  const [changes] = await askUndrained(core, channelId, [range]);
  const sent = new Set<Snowflake>();
  const removed = new Set(changes?.removed.map(({ id }) => id));
  for (const { id, removedAt, attachments: files = [] } of changes?.messages ?? []) {
    if (removedAt !== null) removed.add(id);
    else if (!removed.has(id)) for (const file of files) sent.add(file.id);
  }
  return { sent, removed };
}

async function addressOf(
  { files, now }: Pick<Deps, 'files' | 'now'>,
  { id, type, name, thumbnail }: UploadRow,
): Promise<AttachmentAddress> {
  const from = Math.floor(now() / HOUR_MS) * HOUR_MS;
  const said = type === TEXT_TYPE ? `${TEXT_TYPE}; charset=utf-8` : type;
  const sign = (key: string, as: { type: string; name?: string; save?: boolean }) =>
    files.signDownload(key, SHOWN_FOR_S, { ...as, from });
  const small = thumbnail ? sign(thumbnailKey(id), { type: 'image/webp' }) : undefined;
  const [url, downloadUrl, thumbnailUrl] = await Promise.all([
    sign(fileKey(id), { type: said, name }),
    sign(fileKey(id), { type: said, name, save: true }),
    small,
  ]);
  const expiresAt = new Date(from + SHOWN_FOR_S * 1000).toISOString();
  return {
    id,
    url,
    downloadUrl,
    ...(thumbnailUrl === undefined ? {} : { thumbnailUrl }),
    expiresAt,
  };
}
