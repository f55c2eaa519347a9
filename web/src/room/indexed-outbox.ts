import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase, IDBPObjectStore } from 'idb';
import type { OutboxStore, StoredMessage } from './outbox.ts';

interface OutboxSchema extends DBSchema {
  messages: { key: string; value: StoredMessage; indexes: { tab: string } };
}

/** Pending messages in the browser's database. Each call fails where there is none. */
export function createIndexedOutbox(name: string): OutboxStore {
  let opening: Promise<IDBPDatabase<OutboxSchema>> | undefined;

  function opened(): Promise<IDBPDatabase<OutboxSchema>> {
    opening ??= openDB<OutboxSchema>(name, 1, {
      upgrade(db) {
        db.createObjectStore('messages', { keyPath: 'nonce' }).createIndex('tab', 'tab');
      },
      // A newer page waits to change it, or the browser threw it away.
      blocking: forget,
      terminated: () => (opening = undefined),
    });
    opening.catch(() => (opening = undefined));
    return opening;
  }

  function forget(): void {
    void opening?.then((db) => db.close());
    opening = undefined;
  }
  opened().catch(() => {
    // Whoever asks for something is told.
  });

  /** Nothing is waited for between the change and its commit: a page that dies after it loses nothing. */
  async function change(make: (store: MessageStore) => Promise<unknown>): Promise<void> {
    const transaction = (await opened()).transaction('messages', 'readwrite');
    const made = make(transaction.store);
    transaction.commit();
    await Promise.all([made, transaction.done]);
  }

  return {
    all: async () => inOrder(await (await opened()).getAll('messages')),
    put: (message) => change((store) => store.put(message)),
    remove: (nonce) => change((store) => store.delete(nonce)),
    async adopt(from, to) {
      const transaction = (await opened()).transaction('messages', 'readwrite');
      const adopted = inOrder(await transaction.store.index('tab').getAll(from));
      for (const message of adopted) message.tab = to;
      await Promise.all([
        ...adopted.map((message) => transaction.store.put(message)),
        transaction.done,
      ]);
      return adopted;
    },
  };
}

type MessageStore = IDBPObjectStore<OutboxSchema, ['messages'], 'messages', 'readwrite'>;

function inOrder(messages: StoredMessage[]): StoredMessage[] {
  return messages.sort((one, other) => one.writtenAt - other.writtenAt);
}
