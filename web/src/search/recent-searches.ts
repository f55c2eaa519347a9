import { filterWords } from './search.ts';
import type { Search } from './search.ts';

const KEPT = 6;

export interface RecentSearches {
  list(): Search[];
  keep(search: Search): void;
  forget(): void;
}

/** What somebody searched last in one place, on this device. */
export function createRecentSearches(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  userId: string,
  placeId: string,
): RecentSearches {
  const key = `harmonium.searches.${userId}.${placeId}`;

  function list(): Search[] {
    try {
      const stored: unknown = JSON.parse(storage.getItem(key) ?? '[]');
      return Array.isArray(stored) ? stored.filter(isSearch) : [];
    } catch {
      return [];
    }
  }

  return {
    list,
    keep(search) {
      const others = list().filter((one) => nameOf(one) !== nameOf(search));
      try {
        storage.setItem(key, JSON.stringify([search, ...others].slice(0, KEPT)));
      } catch {
        // A full storage keeps what it has.
      }
    },
    forget: () => storage.removeItem(key),
  };
}

/** What it was, in one line. */
export const nameOf = ({ text, filters }: Search): string =>
  [...filters.map(filterWords), text.trim()].filter((part) => part !== '').join(' ');

/** Whatever is in there was written by some version of this page. */
function isSearch(value: unknown): value is Search {
  if (typeof value !== 'object' || value === null) return false;
  if (!('text' in value && typeof value.text === 'string' && 'filters' in value)) return false;
  return (
    Array.isArray(value.filters) &&
    value.filters.every((filter: unknown) => {
      const given = Object(filter) as Record<string, unknown>;
      return 'kind' in given && ('day' in given || 'what' in given || 'name' in given);
    })
  );
}
