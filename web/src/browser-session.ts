import { createSession } from './session.ts';
import type { SessionStore, TabChange } from './session.ts';

/** The session of this browser: one refresh at a time over all tabs, log-ins and log-outs shared. */
export function createBrowserSession(): SessionStore {
  const channel = new BroadcastChannel('harmonium.session');
  return createSession({
    fetch: (url, init) => fetch(url, init),
    now: Date.now,
    exclusively: (work) =>
      // Locks exist in secure contexts only; a plain http:// address in a LAN has none.
      'locks' in navigator ? navigator.locks.request('harmonium.refresh', work) : work(),
    tabs: {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has none
      post: (change) => channel.postMessage(change),
      listen: (hear) =>
        channel.addEventListener('message', (event: MessageEvent<TabChange>) => hear(event.data)),
    },
  });
}
