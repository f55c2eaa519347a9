import { createOutbox } from '../outbox.ts';
import type { Outbox, OutboxStore, StoredMessage } from '../outbox.ts';
import type { Tabs } from '../tabs.ts';

/** A store in memory: what a browser would still have after the page is gone. */
export function createMemoryOutbox(): OutboxStore {
  const held = new Map<string, StoredMessage>();
  const sorted = () => [...held.values()].sort((one, other) => one.writtenAt - other.writtenAt);
  return {
    all: () => Promise.resolve(sorted()),
    put(message) {
      held.set(message.nonce, structuredClone(message));
      return Promise.resolve();
    },
    remove(nonce) {
      held.delete(nonce);
      return Promise.resolve();
    },
    adopt(from, to) {
      const adopted = sorted().filter(({ tab }) => tab === from);
      for (const message of adopted) message.tab = to;
      return Promise.resolve(adopted);
    },
  };
}

/** A browser with several pages open. */
export class FakeBrowser {
  #open = new Map<string, { hear: Set<(tab: string) => void>; isLocked: Promise<void> }>();
  #ends = new Map<string, () => void>();
  #turns = new Map<string, Promise<void>>();
  #count = 0;

  openTab(): Tabs {
    const id = `tab-${++this.#count}`;
    const hear = new Set<(tab: string) => void>();
    const isLocked = new Promise<void>((resolve) => this.#ends.set(id, resolve));
    for (const [, other] of this.#open) for (const tell of other.hear) tell(id);
    this.#open.set(id, { hear, isLocked });
    return {
      id,
      onOther: (listener) => {
        hear.add(listener);
        for (const tab of this.#open.keys()) if (tab !== id) listener(tab);
      },
      whenGone: (tab, act) => this.#queue(id, tab, act),
      close: () => this.crash(id),
    };
  }

  /** The page is gone, whatever it was doing. */
  crash(id: string): void {
    this.#open.delete(id);
    this.#ends.get(id)?.();
  }

  #queue(waiter: string, tab: string, act: () => Promise<void>): void {
    const before = this.#turns.get(tab) ?? this.#open.get(tab)?.isLocked ?? Promise.resolve();
    const turn = before.then(() => (this.#open.has(waiter) ? act() : undefined));
    this.#turns.set(tab, turn);
  }
}

/** The outbox of a page that is alone. */
export function createTestOutbox(store: OutboxStore = createMemoryOutbox()): Outbox {
  const tabs = new FakeBrowser().openTab();
  return createOutbox({ store, tabs, inherited: { messages: [], forget() {} } });
}
