import { folded } from '../writing/suggestion.ts';

/** Somewhere one can go. */
export interface Place {
  kind: 'channel' | 'voice' | 'direct' | 'server' | 'person';
  id: string;
  name: string;
  /** What else it is found by, and where it is. */
  hint: string;
  /** Undefined: a conversation that is yet to be opened. */
  path: string | undefined;
  /** Messages in it are not read; those that name the reader are counted. */
  unread: boolean;
  mentions: number;
}

const MAX_PLACES = 30;

const KINDS: Record<string, readonly Place['kind'][]> = {
  '#': ['channel', 'voice'],
  '@': ['direct', 'person'],
  '*': ['server'],
};

interface Asked {
  typed: string;
  /** Visited last, youngest first; the first is where one is. */
  recent: readonly string[];
}

/** What fits, best first; with nothing typed what is not read, then what was visited last. */
export function findPlaces(places: readonly Place[], { typed, recent }: Asked): Place[] {
  const kinds = KINDS[typed.trimStart()[0] ?? ''];
  const query = folded(kinds === undefined ? typed : typed.trimStart().slice(1)).trim();
  const wanted = kinds === undefined ? places : places.filter(({ kind }) => kinds.includes(kind));
  const rank = ranker(recent);
  if (query === '' && kinds === undefined) {
    return wanted
      .filter((place) => place.path !== recent[0] && (place.unread || rank(place) < recent.length))
      .sort((one, other) => urgency(other) - urgency(one) || rank(one) - rank(other))
      .slice(0, MAX_PLACES);
  }
  return wanted
    .flatMap((place) => {
      const fit = fitOf(place, query);
      return fit === undefined ? [] : [{ place, fit }];
    })
    .sort(
      (one, other) =>
        one.fit - other.fit ||
        urgency(other.place) - urgency(one.place) ||
        rank(one.place) - rank(other.place) ||
        one.place.name.length - other.place.name.length,
    )
    .slice(0, MAX_PLACES)
    .map(({ place }) => place);
}

function ranker(recent: readonly string[]): (place: Place) => number {
  const ranks = new Map(recent.map((path, index) => [path, index]));
  return ({ path }) => ranks.get(path ?? '') ?? recent.length;
}

const urgency = ({ mentions, unread }: Place): number => (mentions > 0 ? 2 : Number(unread));

/** Lower is better: begins with it, a word does, is in it, its letters in order; then where it is. */
function fitOf({ name, hint }: Place, query: string): number | undefined {
  const text = folded(name);
  if (text.startsWith(query)) return 0;
  const at = text.indexOf(query);
  if (at > 0) return /[\s._-]/.test(text[at - 1] ?? '') ? 1 : 2;
  const words = query.split(/\s+/);
  const all = `${text} ${folded(hint)}`;
  if (words.every((word) => all.includes(word))) return 3;
  return hasInOrder(text, query) ? 4 : undefined;
}

function hasInOrder(text: string, query: string): boolean {
  let from = 0;
  for (const letter of query.replaceAll(' ', '')) {
    const at = text.indexOf(letter, from);
    if (at < 0) return false;
    from = at + letter.length;
  }
  return true;
}
