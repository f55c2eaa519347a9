import { createSignal } from 'solid-js';

const KEY = 'harmonium.collapsed';

/** Categories that are folded up, kept in this browser. */
export function createCollapsed(storage: Pick<Storage, 'getItem' | 'setItem'>) {
  const [ids, setIds] = createSignal<ReadonlySet<string>>(read(storage));
  return {
    has: (id: string) => ids().has(id),
    toggle(id: string): void {
      const next = new Set(ids());
      if (!next.delete(id)) next.add(id);
      setIds(next);
      storage.setItem(KEY, JSON.stringify([...next]));
    },
  };
}

function read(storage: Pick<Storage, 'getItem'>): ReadonlySet<string> {
  try {
    const stored: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
    if (!Array.isArray(stored)) return new Set();
    return new Set(stored.filter((id): id is string => typeof id === 'string'));
  } catch {
    return new Set();
  }
}
