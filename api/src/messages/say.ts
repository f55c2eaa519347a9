import type { ErrorCode } from '@harmonium/api/errors';
import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import type { ChannelPublish, PublishAnswer } from '@harmonium/rooms/publish';
import type { RejectionCode } from '@harmonium/rooms/server-event';
import { channelAccess } from '../access.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import type { Caller } from '../sessions/access-token.ts';

type Said = Extract<ChannelPublish, { type: 'accept' }>['event'];

/**
 * Sends, edits or removes a message through the channel's room, which is its channel's only writer
 * and checks what the member may do, as it does for a frame on the socket.
 */
export async function say(
  deps: Deps,
  { userId, sessionId }: Caller,
  channelId: Snowflake,
  event: Said,
): Promise<Message | undefined> {
  const { me, permissions, channel } = await channelAccess(deps, userId, channelId);
  const accept: ChannelPublish = {
    type: 'accept',
    author: me.user,
    sessionId,
    permissions: permissions.toString(),
    ...(channel.serverId === null ? {} : { serverId: channel.serverId }),
    event,
  };
  const answer = await publish(deps, channelId, accept);
  if (answer.ok) return answer.message;
  const { code, message, retryAfter } = answer;
  throw new Problem(REFUSALS[code], { message, retryAfter });
}

export async function publish(
  deps: Deps,
  channelId: Snowflake,
  event: ChannelPublish,
): Promise<PublishAnswer> {
  let answers: PublishAnswer[];
  try {
    answers = await deps.rooms.publish('main', channelId, [event]);
  } catch (cause) {
    deps.log.warn('room cannot be reached', { channelId, error: cause });
    throw new Problem('unavailable', { cause });
  }
  const [answer] = answers;
  if (answer === undefined) throw new Error('a room answered no event');
  return answer;
}

/** What was said and has to have come back from the room. */
export function said(message: Message | undefined): Message {
  if (message === undefined) throw new Error('a room accepted a message and did not answer it');
  return message;
}

const REFUSALS = {
  invalid: 'invalid_body',
  missing_permission: 'forbidden',
  not_found: 'not_found',
  too_many: 'limit_reached',
  flooding: 'rate_limited',
  slow_mode: 'rate_limited',
  unavailable: 'unavailable',
} satisfies Record<RejectionCode, ErrorCode>;
