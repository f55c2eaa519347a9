import { makeNonce } from './nonce.ts';

/** This page and the others of the same user in this browser. */
export interface Tabs {
  /** This page's own name, another one each time it is loaded. */
  id: string;
  /** Calls with the name of each other page that is open, or opens later. */
  onOther(hear: (tab: string) => void): void;
  /**
   * Acts when that page is gone: closed, reloaded or crashed; at once when it is so already. Of
   * several that wait, one acts after the other. Not any more once this page's own is closed.
   */
  whenGone(tab: string, act: () => Promise<void>): void;
  close(): void;
}

interface TabsDeps {
  /** Undefined where the page came without TLS. */
  locks: LockManager | undefined;
  /** Where pages of the same user hear of each other. */
  channel: string;
}

/** Each page holds a lock by its name for as long as it lives; the browser frees it whatever happens. */
export function createTabs({ locks, channel }: TabsDeps): Tabs {
  return locks === undefined ? createLoneTab() : createLockedTabs(locks, channel);
}

function createLockedTabs(locks: LockManager, channel: string): Tabs {
  const id = makeNonce();
  const nameOf = (tab: string) => `${channel}.${tab}`;
  const closing = new AbortController();
  const known = new Set([id]);
  const others = new BroadcastChannel(channel);
  const hearers = new Set<(tab: string) => void>();
  let leave = (): void => {};

  function greet(): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- not a window: it has no origin to name
    if (!closing.signal.aborted) others.postMessage(id);
  }
  others.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data !== 'string' || known.has(data)) return;
    known.add(data);
    // Whoever is new here has not heard of those who were there before.
    greet();
    for (const hear of hearers) hear(data);
  });
  locks
    .request(nameOf(id), () => {
      greet();
      return new Promise<void>((resolve) => {
        leave = resolve;
        closing.signal.addEventListener('abort', () => resolve());
        if (closing.signal.aborted) leave();
      });
    })
    .catch(given);

  return {
    id,
    onOther(hear) {
      hearers.add(hear);
      for (const tab of known) if (tab !== id) hear(tab);
    },
    whenGone(tab, act) {
      locks
        .request(nameOf(tab), { signal: closing.signal }, () => {
          known.delete(tab);
          return act();
        })
        .catch(given);
    },
    close() {
      closing.abort();
      others.close();
    },
  };
}

/** A request that was given up, or that the browser refuses: what waits for it stays where it is. */
function given(): void {}

/** Nobody can say which pages are left: each sends all, and rooms take each message once. */
function createLoneTab(): Tabs {
  return {
    id: makeNonce(),
    onOther() {},
    whenGone: (_tab, act) => void act(),
    close() {},
  };
}
