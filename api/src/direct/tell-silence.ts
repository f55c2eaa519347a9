import type { Snowflake } from '@harmonium/api/ids';
import { eq } from 'drizzle-orm';
import type { Core } from '../announce.ts';
import { channels } from '../db/schema.ts';
import { endCalls } from '../tickets/end-calls.ts';
import { directKey } from './direct-key.ts';

/** A block came or went: the room of the conversation of the two asks what they may do there now. */
export async function tellSilence(
  core: Core,
  callerId: Snowflake,
  otherId: Snowflake,
): Promise<void> {
  const [channel] = await core.database.db
    .select({ id: channels.id })
    .from(channels)
    .where(eq(channels.directKey, directKey(callerId, otherId)));
  if (channel === undefined) return;
  const userIds = [callerId, otherId];
  void core.announce('main', channel.id, [{ type: 'access.changed', userIds }]);
  // Who is in a call with the other leaves it; a call that may be comes again by itself.
  for (const userId of userIds) endCalls(core, { userId, channelId: channel.id });
}
