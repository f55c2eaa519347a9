import { t } from '../strings/emoji.ts';
import type { Emoji, EmojiCatalogue } from './catalogue.ts';
import type { EmojiSet } from './own-emoji.ts';
import type { Choice, Section } from './picker-rows.ts';

/** Unicode's groups as they are shown; 2 holds components only. */
export const GROUPS = [
  { group: 0, id: 'smileys' },
  { group: 1, id: 'people' },
  { group: 3, id: 'nature' },
  { group: 4, id: 'food' },
  { group: 5, id: 'travel' },
  { group: 6, id: 'activities' },
  { group: 7, id: 'objects' },
  { group: 8, id: 'symbols' },
  { group: 9, id: 'flags' },
] as const;

interface Shelf {
  catalogue: EmojiCatalogue;
  custom: readonly EmojiSet[];
  recent: readonly string[];
  tone: number;
}

/** Everything there is, by kind; what was chosen last comes first. */
export function sectionsOf(shelf: Shelf): Section[] {
  const { catalogue, custom, recent, tone } = shelf;
  return [
    {
      id: 'recent',
      title: t('emoji.recent'),
      choices: recent.flatMap((key) => knownChoice(catalogue, custom, key) ?? []),
    },
    ...custom.map(({ server, emojis }) => ({
      id: sectionOf(server),
      title: server.name,
      choices: emojis.map(customChoice),
    })),
    ...GROUPS.map(({ group, id }) => ({
      id,
      title: t(`emoji.group.${id}`),
      choices: catalogue.all
        .filter((emoji) => emoji.group === group)
        .map((emoji) => choiceOf(emoji, tone)),
    })),
  ];
}

/** What goes by these words. */
export function foundSection(shelf: Shelf, query: string): Section {
  const wanted = query.trim().toLowerCase().replaceAll(' ', '_');
  const own = shelf.custom
    .flatMap(({ emojis }) => emojis)
    .filter(({ name }) => name.toLowerCase().includes(wanted));
  const found = shelf.catalogue.search(query).map((emoji) => choiceOf(emoji, shelf.tone));
  return { id: 'found', title: t('emoji.found'), choices: [...own.map(customChoice), ...found] };
}

export function sectionOf({ id }: EmojiSet['server']): string {
  return `server ${id}`;
}

export function inTone(emoji: Emoji, tone: number): string {
  return emoji.tones[tone - 1] ?? emoji.key;
}

function choiceOf(emoji: Emoji, tone: number): Choice {
  return { key: inTone(emoji, tone), name: emoji.name, shortcode: emoji.shortcodes[0] };
}

function customChoice(own: EmojiSet['emojis'][number]): Choice {
  return { key: own.id, name: own.name, shortcode: own.name, own };
}

function knownChoice(
  catalogue: EmojiCatalogue,
  custom: readonly EmojiSet[],
  key: string,
): Choice | undefined {
  const emoji = catalogue.byKey(key);
  if (emoji !== undefined) return { ...choiceOf(emoji, 0), key };
  const own = custom.flatMap(({ emojis }) => emojis).find(({ id }) => id === key);
  return own === undefined ? undefined : customChoice(own);
}
