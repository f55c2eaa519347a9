import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { messagesById } from './page-messages.ts';
import { askUndrained, joined, only } from './undrained.ts';

/**
 * Those of these messages that the channel has, as the room knows them, in the order asked for. What
 * was removed is there as its tombstone. The reader's right to the channel has been checked.
 */
export async function readMessages(
  deps: Pick<Deps, 'database' | 'rooms'>,
  channelId: Snowflake,
  readerId: Snowflake,
  ids: readonly Snowflake[],
): Promise<Message[]> {
  const asked = [...new Set(ids)];
  if (asked.length === 0) return [];
  const undrained = await askUndrained(deps, channelId, asked.map(only));
  const page = await messagesById(deps, channelId, readerId, asked);
  const rows = JSON.parse(page) as Message[]; // Written by the statement.
  const stored = new Map(rows.map((message) => [message.id, message]));
  return asked.flatMap((id, at) => {
    const known = stored.get(id);
    const messages = known === undefined ? [] : [known];
    const changes = undrained[at];
    return changes === undefined ? messages : joined(messages, changes, only(id), readerId);
  });
}

export async function readMessage(
  deps: Pick<Deps, 'database' | 'rooms'>,
  channelId: Snowflake,
  readerId: Snowflake,
  id: Snowflake,
): Promise<Message> {
  const [message] = await readMessages(deps, channelId, readerId, [id]);
  if (message === undefined) throw new Problem('not_found');
  return message;
}
