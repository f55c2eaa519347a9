export interface Draft {
  read(): string;
  write(text: string): void;
}

/** What is written and not yet sent in one channel; survives a reload. */
export function createDraft(storage: Storage, userId: string, channelId: string): Draft {
  const key = `harmonium.draft.${userId}.${channelId}`;
  return {
    read() {
      try {
        return storage.getItem(key) ?? '';
      } catch {
        return '';
      }
    },
    write(text) {
      try {
        if (text === '') storage.removeItem(key);
        else storage.setItem(key, text);
      } catch {
        // Full or forbidden storage: the draft lives as long as the page does.
      }
    },
  };
}
