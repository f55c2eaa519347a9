import type { CompactEmoji, ShortcodesDataset } from 'emojibase';

/** One emoji of Unicode. */
export interface Emoji {
  /** Its recommended sequence, as messages and reactions carry it. */
  key: string;
  /** In lower case, as people would say it. */
  name: string;
  shortcodes: readonly string[];
  /** What else it is looked for by. */
  tags: readonly string[];
  /** Of Unicode's groups the first, 0, holds the smileys. */
  group: number;
  /** The same in five skin tones, light to dark; empty: it has none. */
  tones: readonly string[];
}

export interface EmojiCatalogue {
  /** In Unicode's order. */
  all: readonly Emoji[];
  /** Best first. */
  search(query: string, limit?: number): Emoji[];
  byShortcode(code: string): Emoji | undefined;
  /** Whatever its skin tone. */
  byKey(key: string): Emoji | undefined;
}

/** The group of skin tones and hair, which stand for nothing by themselves. */
const COMPONENTS = 2;
const TONES = 5;
const VARIATION = /\uFE0F/g;

/** Rooms take the recommended sequences only; the data set writes some of them at greater length. */
export function recommended(sequence: string): string | undefined {
  return [sequence, sequence.replace(VARIATION, ''), `${sequence}\uFE0F`].find((text) =>
    /^\p{RGI_Emoji}$/v.test(text),
  );
}

function createCatalogue(
  entries: readonly CompactEmoji[],
  shortcodes: ShortcodesDataset,
): EmojiCatalogue {
  const all = entries.flatMap((entry) => emojiOf(entry, shortcodes[entry.hexcode]));
  const codes = new Map(all.toReversed().flatMap((each) => each.shortcodes.map((c) => [c, each])));
  const keys = new Map(all.flatMap((each) => [each.key, ...each.tones].map((key) => [key, each])));

  return {
    all,
    search(query, limit = Number.POSITIVE_INFINITY) {
      const terms = wordsIn(query);
      if (terms.length === 0) return [];
      return all
        .map((emoji) => ({ emoji, rank: rankOf(emoji, terms) }))
        .filter(({ rank }) => rank < MISS)
        .sort((one, other) => one.rank - other.rank)
        .slice(0, limit)
        .map(({ emoji }) => emoji);
    },
    byShortcode: (code) => codes.get(code.toLowerCase()),
    byKey: (key) => keys.get(key),
  };
}

function emojiOf(entry: CompactEmoji, codes: string | string[] = []): Emoji[] {
  const { group } = entry;
  const key = recommended(entry.unicode);
  if (group === undefined || group === COMPONENTS || key === undefined) return [];
  const tones = (entry.skins ?? [])
    .slice(0, TONES)
    .flatMap(({ unicode }) => recommended(unicode) ?? []);
  return [
    {
      key,
      name: entry.label.toLowerCase(),
      shortcodes: typeof codes === 'string' ? [codes] : codes,
      tags: entry.tags ?? [],
      group,
      tones: tones.length === TONES ? tones : [],
    },
  ];
}

const MISS = 100;

/** The worst of its terms counts: everything that was typed has to fit. */
function rankOf(emoji: Emoji, terms: readonly string[]): number {
  const whole = terms.join('_');
  if (emoji.shortcodes.includes(whole)) return 0;
  if (emoji.shortcodes.some((code) => code.startsWith(whole))) return 1;
  return Math.max(...terms.map((term) => termRank(emoji, term)));
}

function termRank({ name, shortcodes, tags }: Emoji, term: string): number {
  const words = [...wordsIn(name), ...shortcodes.flatMap(wordsIn)];
  if (words.includes(term)) return 2;
  if (tags.includes(term)) return 3;
  if (words.some((word) => word.startsWith(term))) return 4;
  if (tags.some((tag) => tag.startsWith(term))) return 5;
  if (term.length > 2 && words.some((word) => word.includes(term))) return 6;
  return MISS;
}

function wordsIn(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s_:,“”’]+/)
    .filter((word) => word !== '');
}

let loading: Promise<EmojiCatalogue> | undefined;

/** All of Unicode's emoji, loaded when they are first asked for. */
export function loadEmoji(): Promise<EmojiCatalogue> {
  loading ??= Promise.all([
    import('emojibase-data/en/compact.json'),
    import('emojibase-data/en/shortcodes/joypixels.json'),
  ]).then(([entries, shortcodes]) => createCatalogue(entries.default, shortcodes.default));
  loading.catch(() => (loading = undefined));
  return loading;
}
