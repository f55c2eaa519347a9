import type { Snowflake } from '@harmonium/api/ids';
import type { Thread } from '@harmonium/api/thread';
import { t } from '../strings/threads.ts';
import { timeOfSnowflake, youngerOf } from '../unread/snowflakes.ts';
import { agoName } from './ago.ts';

/** Counted no further by the server. */
const MOST_COUNTED = 1000;

/** How a thread goes on, in a few words. */
export function factsLine(
  { messages, lastId, channel }: Thread,
  latest: Snowflake | undefined,
  now: number,
): string {
  const last = youngerOf(latest, lastId ?? undefined);
  if (last === undefined) return t('threads.none');
  const parts = [t('threads.messages', Math.max(1, messages), messages >= MOST_COUNTED)];
  parts.push(
    channel.archived
      ? t('threads.inArchive')
      : t('threads.last', agoName(timeOfSnowflake(last), now)),
  );
  return parts.join(' · ');
}
