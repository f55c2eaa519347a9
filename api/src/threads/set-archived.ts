import type { Channel } from '@harmonium/api/channel';
import type { Snowflake } from '@harmonium/api/ids';
import type { Core } from '../announce.ts';
import { Problem } from '../problem.ts';
import { administerChannel } from '../servers/administer.ts';
import { putAway, tellThreads } from './active-threads.ts';
import { canTend } from './can-tend.ts';
import { revive } from './revive.ts';

/** Puts a thread into the archive, or takes it out. */
export async function setArchived(
  core: Core,
  userId: Snowflake,
  channelId: Snowflake,
  archived: boolean,
): Promise<Channel> {
  return administerChannel(core, { userId, channelId, needed: canTend }, async (desk) => {
    const { tx, rev, log } = desk;
    const { archived: was = false, ...channel } = desk.access.channel;
    if (channel.type !== 'thread') {
      throw new Problem('bad_request', { message: 'Only threads are archived.' });
    }
    const answer: Channel = archived ? { ...channel, archived: true } : channel;
    if (archived === was) return { answer };
    const action = archived ? 'thread.archive' : 'thread.unarchive';
    await log({ action, targetId: channelId, before: { name: channel.name } });
    if (!archived) return { answer, ...(await revive(core, tx, channelId, rev)) };
    await putAway(tx, [channelId], core.now());
    return {
      answer,
      change: { type: 'channel.removed', rev, channelId },
      afterwards: (told) => tellThreads(core, [channelId], true, told),
    };
  });
}
