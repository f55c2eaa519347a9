import type { Channel } from '@harmonium/api/channel';
import { useParams, useSearchParams } from '@solidjs/router';
import type { ServerState } from '../room/server-state.ts';
import type { Unread } from '../unread/create-unread.ts';
import { useUnread } from '../unread/use-unread.ts';

type Reading = Pick<Unread, 'stateOf' | 'latest' | 'isRead'>;

/** Threads of a channel that concern the reader: begun, read, or with something new; oldest first. */
export function listedThreads(state: ServerState, parentId: string, unread: Reading): Channel[] {
  const concerns = (thread: Channel): boolean => {
    if (thread.ownerId === state.me.user.id || unread.stateOf(thread.id).unread) return true;
    const last = unread.latest(thread.id);
    return last !== undefined && unread.isRead(thread.id, last);
  };
  return state.structure.channels
    .filter((channel) => channel.parentId === parentId && concerns(channel))
    .sort((one, other) => one.id.localeCompare(other.id));
}

/** The same with the open one, whether it concerns the reader or not. */
export function useListedThreads(state: () => ServerState) {
  const params = useParams<{ channelId?: string }>();
  const [search] = useSearchParams<{ thread?: string }>();
  const unread = useUnread();
  const isOpen = (id: string) => id === params.channelId || id === search.thread;
  return {
    isOpen,
    listed(parentId: string): Channel[] {
      const listed = listedThreads(state(), parentId, unread);
      const open = state().structure.channels.find(
        (channel) => channel.parentId === parentId && isOpen(channel.id),
      );
      return open === undefined || listed.some(({ id }) => id === open.id)
        ? listed
        : [...listed, open];
    },
  };
}
