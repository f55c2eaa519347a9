import type { Channel } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import { Permission } from '@harmonium/api/permissions';
import { eq } from 'drizzle-orm';
import { serverChannelAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { channelOf } from '../channels/channel-of.ts';
import { channels } from '../db/schema.ts';
import { readMessage } from '../messages/read-messages.ts';
import { Problem } from '../problem.ts';
import { administerChannel } from '../servers/administer.ts';
import type { Transaction } from '../servers/structure.ts';
import { makePlace, tellThreads } from './active-threads.ts';
import { nameFrom } from './name-from.ts';

const needed = Permission.CREATE_THREADS | Permission.SEND_MESSAGES;

interface Wanted {
  channelId: Snowflake;
  messageId: Snowflake;
  name: string | undefined;
}

/** A thread under a message of a channel, which has the channel's permissions and its own room. */
export async function startThread(
  core: Core,
  userId: Snowflake,
  { channelId, messageId, name }: Wanted,
): Promise<Channel> {
  const { channel: parent } = await serverChannelAccess(core, userId, channelId, needed);
  if (parent.parentId !== undefined) {
    throw new Problem('bad_request', { message: 'Threads have no threads.' });
  }
  const message = await readMessage(core, channelId, userId, messageId);
  if (message.removedAt !== null) throw new Problem('not_found');
  const annotate = (threadId: Snowflake, told?: Promise<void>) =>
    void core.announce('main', channelId, [{ type: 'annotate', id: messageId, threadId }], told);

  return administerChannel(
    core,
    { userId, channelId, needed },
    async ({ tx, rev, log, access }) => {
      const known = await threadOf(tx, messageId);
      if (known !== undefined) {
        // Its room may not have heard: api can end between the two.
        annotate(known);
        throw new Problem('thread_exists');
      }
      const going = await makePlace(tx, parent.serverId, core.now());
      const row = {
        id: core.ids.next(),
        serverId: parent.serverId,
        categoryId: null,
        type: 'thread' as const,
        name: name ?? nameFrom(message),
        topic: '',
        position: 0,
        slowmode: 0,
        parentId: channelId,
        starterId: messageId,
        ownerId: userId,
        archivedAt: null,
        createdAt: new Date(core.now()),
      };
      await tx.insert(channels).values(row);
      const channel = channelOf(row, access.channel.overrides);
      await log({ action: 'thread.create', targetId: row.id, channel, after: { name: row.name } });
      return {
        answer: channel,
        change: { type: 'channel.created', rev, channel },
        afterwards: (told) => {
          annotate(row.id, told);
          tellThreads(core, going, true, told);
        },
      };
    },
  );
}

async function threadOf(tx: Transaction, messageId: Snowflake): Promise<Snowflake | undefined> {
  const [thread] = await tx
    .select({ id: channels.id })
    .from(channels)
    .where(eq(channels.starterId, messageId));
  return thread?.id;
}
