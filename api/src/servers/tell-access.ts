import type { Snowflake } from '@harmonium/api/ids';
import type { Structure } from '@harmonium/api/server';
import type { Core } from '../announce.ts';
import { refreshCalls } from '../tickets/refresh-calls.ts';

interface Reach {
  /** With its threads. Absent: every channel of the server. */
  channelId?: Snowflake;
  /** Absent: everyone. */
  userIds?: Snowflake[];
}

/**
 * Has the rooms of a server's channels, once the server's room knows, and its calls ask anew what
 * people may do there; to be given as `then` of an act. Archived threads ask by themselves.
 */
export function tellAccess(core: Core, { channelId, userIds }: Reach = {}) {
  return (told: Promise<void>, structure: Structure): void => {
    const event = { type: 'access.changed', userIds } as const;
    for (const { id, parentId = id } of structure.channels) {
      if (channelId !== undefined && channelId !== id && channelId !== parentId) continue;
      void core.announce('main', id, [event], told);
    }
    const serverId = structure.server.id;
    refreshCalls(core, { serverId, channelId, userIds });
  };
}
