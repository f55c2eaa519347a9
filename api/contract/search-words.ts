/** A word as search knows it: folded, with the place in the text that it was read from. */
export interface Word {
  text: string;
  start: number;
  end: number;
  /** Of a script that puts no spaces between words: one character, found wherever it stands. */
  isDense: boolean;
}

/** What is found at one place of a text. */
export interface Token {
  text: string;
  /** Counts words, so that a phrase is tokens at places that follow each other. */
  at: number;
}

/** Names somebody or something by id; its digits are no words. */
const MARK = /<(?:@&?|#)\d{1,19}>|<a?:\w{1,32}:\d{1,19}>/g;
const RUN =
  /[\p{L}\p{N}\p{M}\p{Join_Control}\u00AD]+|\p{Regional_Indicator}|(?!\p{Emoji_Modifier})\p{Extended_Pictographic}/gu;
/** A character with the signs on it. */
const UNIT = /\P{M}[\p{M}\p{Join_Control}\u00AD]*|^[\p{M}\p{Join_Control}\u00AD]+/gu;
const DENSE =
  /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tibetan}]/u;
/** Signs that people leave out when they search: accents, Arabic and Hebrew vowels, joiners. */
const ACCENTS =
  /[[\p{Mn}&&[\p{sc=Inherited}\p{sc=Hebrew}\p{sc=Arabic}]]--[\u3099\u309A]]|[\u0640\p{Join_Control}\u00AD]/gv;
/** Letters that Unicode does not take apart, and those that stand for each other. */
const ALIKE: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
};
const HAS_ALIKE = /[ßæœøłđðþıςىیکة]/g;
/** Longer words are known by their beginning. */
const MAX_WORD_LENGTH = 60;

/** As it is compared: without case and accents. Languages that need them apart find more, never less. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .toLowerCase()
    .replace(HAS_ALIKE, (letter) => ALIKE[letter] ?? letter)
    .normalize('NFC');
}

/** The words of a text, in order; places are those of its NFC form. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  const normal = text.normalize('NFC').replace(MARK, (mark) => ' '.repeat(mark.length));
  for (const { 0: run, index } of normal.matchAll(RUN)) readRun(run, index, words);
  return words;
}

function readRun(run: string, start: number, words: Word[]): void {
  let plainFrom: number | undefined;
  const endPlain = (end: number): void => {
    if (plainFrom !== undefined) add(run.slice(plainFrom, end), start + plainFrom, false, words);
    plainFrom = undefined;
  };
  for (const { 0: unit, index } of run.matchAll(UNIT)) {
    if (DENSE.test(unit)) {
      endPlain(index);
      add(unit, start + index, true, words);
    } else plainFrom ??= index;
  }
  endPlain(run.length);
}

function add(part: string, start: number, isDense: boolean, words: Word[]): void {
  const text = Array.from(fold(part)).slice(0, MAX_WORD_LENGTH).join('');
  if (text !== '') words.push({ text, start, end: start + part.length, isDense });
}

/**
 * What a text is found by. Characters of scripts without spaces are taken in pairs: alone, each is
 * in every other message. The last of a run stands alone, so that each character begins one token.
 */
export function tokensOf(words: readonly Word[]): Token[] {
  return words.map((word, at) => {
    const next = words[at + 1];
    return { text: isPair(word, next) ? word.text + next.text : word.text, at };
  });
}

/** True when both are of one run. */
export function isPair(word: Word, next: Word | undefined): next is Word {
  return word.isDense && next?.isDense === true && next.start === word.end;
}
