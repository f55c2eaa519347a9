import type { MetEmoji } from '@harmonium/api/emoji';
import type { User } from '@harmonium/api/user';
import type { Pick } from './create-writing.ts';

/** Something that fits what is being typed. */
export type Suggestion =
  | { kind: 'person'; id: string; name: string; hint: string; user: User; pick: Pick }
  | { kind: 'role'; id: string; name: string; color: number | null; hint: string; pick: Pick }
  | { kind: 'crowd'; id: string; name: string; hint: string; pick: Pick }
  | { kind: 'channel'; id: string; name: string; hint: string; isVoice: boolean; pick: Pick }
  | { kind: 'emoji'; id: string; name: string; hint: string; face: string; pick: Pick }
  | { kind: 'own-emoji'; id: string; name: string; hint: string; emoji: MetEmoji; pick: Pick };

export const MAX_SUGGESTIONS = 8;

/** How well a name fits: 0 begins with it, 1 a word of it does, 2 it is in there; undefined: not. */
export function fitOf(name: string, query: string): number | undefined {
  const [whole, part] = [folded(name), folded(query)];
  if (whole.startsWith(part)) return 0;
  const at = whole.indexOf(part);
  if (at < 0) return undefined;
  return /[\s._-]/.test(whole[at - 1] ?? '') ? 1 : 2;
}

/** Without case and accents: who types `jose` finds José. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The best fit of several names. */
function bestFit(names: readonly string[], query: string): number | undefined {
  const fits = names.flatMap((name) => fitOf(name, query) ?? []);
  return fits.length === 0 ? undefined : Math.min(...fits);
}

/** Those that fit, best first; among equals the order they came in. */
export function fitting<Item>(
  items: readonly Item[],
  names: (item: Item) => readonly string[],
  query: string,
): Item[] {
  return items
    .flatMap((item) => {
      const fit = bestFit(names(item), query);
      return fit === undefined ? [] : [{ item, fit }];
    })
    .sort((one, other) => one.fit - other.fit)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ item }) => item);
}
