import type { Message } from '@harmonium/api/message';
import { createSignal } from 'solid-js';

/** What is written and not yet sent in one channel. */
export interface Draft {
  text: string;
  /** What names in it stand for. */
  picked: readonly (readonly [shown: string, wire: string])[];
  /** What it answers. */
  replying?: Message;
  quiet?: boolean;
}

export type Drafts = ReturnType<typeof createDrafts>;

type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'length' | 'key'>;

/** What one user has begun to write, by channel; survives a reload. */
export function createDrafts(storage: DraftStorage, userId: string) {
  const start = `harmonium.draft.${userId}.`;
  const [begun, setBegun] = createSignal<ReadonlySet<string>>(begunIn(storage, start));

  return {
    /** Something is written there. */
    has: (channelId: string) => begun().has(channelId),
    read(channelId: string): Draft {
      try {
        return draftIn(storage.getItem(start + channelId) ?? '');
      } catch {
        return { text: '', picked: [] };
      }
    },
    write(channelId: string, draft: Draft): void {
      const isBegun = draft.text.trim() !== '';
      if (isBegun !== begun().has(channelId)) {
        setBegun((held) => {
          const next = new Set(held);
          if (isBegun) next.add(channelId);
          else next.delete(channelId);
          return next;
        });
      }
      try {
        if (draft.text === '' && draft.replying === undefined) {
          storage.removeItem(start + channelId);
        } else storage.setItem(start + channelId, JSON.stringify(draft));
      } catch {
        // Full or forbidden storage: the draft lives as long as the page does.
      }
    },
  };
}

function begunIn(storage: DraftStorage, start: string): ReadonlySet<string> {
  const found = new Set<string>();
  try {
    for (let at = 0; at < storage.length; at++) {
      const key = storage.key(at) ?? '';
      if (!key.startsWith(start)) continue;
      if (draftIn(storage.getItem(key) ?? '').text.trim() !== '')
        found.add(key.slice(start.length));
    }
  } catch {
    // Forbidden storage holds nothing.
  }
  return found;
}

function draftIn(stored: string): Draft {
  // As earlier versions of the page kept it: the words alone.
  if (!stored.startsWith('{"text":')) return { text: stored, picked: [] };
  try {
    const { text, picked, replying, quiet } = JSON.parse(stored) as Draft; // Written above.
    return { text, picked: Array.isArray(picked) ? picked : [], replying, quiet };
  } catch {
    return { text: stored, picked: [] };
  }
}
