import { createContext, useContext } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Client } from './api.ts';
import type { SessionStore } from './session.ts';

const SessionContext = createContext<SessionStore>();

export function SessionProvider(props: { session: SessionStore; children: JSX.Element }) {
  return <SessionContext.Provider value={props.session}>{props.children}</SessionContext.Provider>;
}

export function useSession(): SessionStore {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('useSession is called outside of SessionProvider');
  return session;
}

/** Calls REST as the logged-in user. */
export function useApi(): Client {
  return useSession().call;
}
