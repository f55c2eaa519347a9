import type { Storage } from '../host.ts';

/** As much of a Durable Object's storage as rooms need; PartyKit gives the same. */
export interface DurableStorage {
  get<T = unknown>(key: string): Promise<T | undefined>;
  list(range: {
    prefix?: string;
    start?: string;
    end?: string;
    limit?: number;
    reverse?: boolean;
  }): Promise<Map<string, unknown>>;
  put(key: string, value: unknown, options?: { allowUnconfirmed?: boolean }): Promise<void>;
  delete(key: string, options?: { allowUnconfirmed?: boolean }): Promise<boolean>;
  setAlarm(at: number): Promise<void>;
  deleteAlarm(): Promise<void>;
}

/**
 * A Durable Object's storage keeps the rules of Storage by itself: puts that are not awaited
 * coalesce into one write, and its output gate holds back every frame until they are durable.
 * https://blog.cloudflare.com/durable-objects-easy-fast-correct-choose-three/
 */
export function durableStorage(storage: DurableStorage): Storage {
  return {
    get: (key) => storage.get(key),
    async list({ prefix, start, end, limit, reverse }) {
      // An option that is present and undefined is refused.
      const rows = await storage.list({
        prefix,
        ...(start === undefined ? {} : { start }),
        ...(end === undefined ? {} : { end }),
        ...(limit === undefined ? {} : { limit }),
        ...(reverse === undefined ? {} : { reverse }),
      });
      return [...rows];
    },
    put: (key, value, when) => void storage.put(key, value, waiting(when)),
    delete: (key, when) => void storage.delete(key, waiting(when)),
  };
}

function waiting(when: 'soon' | undefined): { allowUnconfirmed: boolean } {
  return { allowUnconfirmed: when === 'soon' };
}
