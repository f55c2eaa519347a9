import type { Channel } from '@harmonium/api/channel';
import { createContext, useContext } from 'solid-js';
import type { ServerState } from '../room/server-state.ts';

interface ChannelPlace {
  state: () => ServerState;
  channel: () => Channel;
}

/** The channel whose settings are open, live: what others change shows at once. */
export const ChannelContext = createContext<ChannelPlace>();

export function useChannel(): ChannelPlace {
  const place = useContext(ChannelContext);
  if (place === undefined) throw new Error('useChannel is called outside of channel settings');
  return place;
}
