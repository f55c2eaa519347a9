import { createContext, useContext } from 'solid-js';
import type { ServerState } from '../room/server-state.ts';

/** The server whose settings are open, live: what others change shows at once. */
export const ServerContext = createContext<() => ServerState>();

export function useServer(): () => ServerState {
  const server = useContext(ServerContext);
  if (server === undefined) throw new Error('useServer is called outside of server settings');
  return server;
}
