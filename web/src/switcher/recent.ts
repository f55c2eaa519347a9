const KEY = 'harmonium.recent';
const KEPT = 12;

/** The conversation that an address is of, whatever is shown of it. */
const PLACE = /^\/(?:servers\/\d+\/\d+|direct\/\d+)(?=\/|$)/;

/** Conversations visited last in this browser, youngest first. */
export function createRecent(storage: Pick<Storage, 'getItem' | 'setItem'>) {
  const read = (): string[] => {
    try {
      const stored: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
      return Array.isArray(stored) ? stored.filter((path) => typeof path === 'string') : [];
    } catch {
      return [];
    }
  };
  return {
    paths: read,
    visit(pathname: string): void {
      const path = PLACE.exec(pathname)?.[0];
      if (path === undefined) return;
      const next = [path, ...read().filter((other) => other !== path)].slice(0, KEPT);
      try {
        storage.setItem(KEY, JSON.stringify(next));
      } catch {
        // Full or forbidden storage: nothing is lost but convenience.
      }
    },
  };
}
