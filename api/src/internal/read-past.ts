import type { Snowflake } from '@harmonium/api/ids';
import type { StoredPast } from '@harmonium/api/internal';
import type { Message } from '@harmonium/api/message';
import type { Deps } from '../deps.ts';
import { pageMessages } from '../messages/page-messages.ts';
import { storedPins } from '../messages/pins.ts';
import { storedReactions } from '../messages/reactions.ts';

/** No user has this id: a room reads for all of them. */
const NOBODY = '0' as Snowflake; // Less than any id that is made.

/** What is stored of the end of a channel: the room itself is the one who asks. */
export async function readPast(
  deps: Pick<Deps, 'database'>,
  channelId: Snowflake,
  limit: number,
): Promise<StoredPast> {
  const page = await pageMessages(deps, channelId, NOBODY, { limit });
  const messages = JSON.parse(page) as Message[]; // Written by the statement.
  for (const message of messages) delete message.reactions;
  const ids = messages.map(({ id }) => id);
  const reactions = await storedReactions(deps, channelId, ids);
  return { messages, reactions, pins: await storedPins(deps, channelId) };
}
