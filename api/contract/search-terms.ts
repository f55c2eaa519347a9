import { isPair, tokensOf, wordsOf } from './search-words.ts';
import type { Token, Word } from './search-words.ts';

/** One token that is looked for, so many places after the first of its phrase. */
export interface SoughtToken extends Token {
  /** Whatever begins like it is found, too. */
  isPrefix: boolean;
}

/** Something that a message has to hold, or must not: tokens at places that follow each other. */
export interface SearchTerm {
  isExcluded: boolean;
  tokens: SoughtToken[];
}

/** `"a phrase"`, `-word`, `-"a phrase"`, `word`. */
const PART = /(-?)"([^"]*)"?|(-?)(\S+)/g;
/** A word that is still being typed finds what begins like it, from so many characters on. */
const PREFIX_FROM = 2;
const MAX_TOKENS = 64;

/** What somebody typed into the search field, without its filters. */
export function searchTerms(typed: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  let left = MAX_TOKENS;
  for (const part of typed.matchAll(PART)) {
    const [whole, minusQuoted, quoted, minus, chunk] = part;
    const isLast = part.index + whole.length === typed.length;
    const words = wordsOf(quoted ?? chunk ?? '');
    const isExcluded = (minusQuoted ?? minus) === '-';
    const isTyped = isLast && quoted === undefined && !isExcluded;
    const tokens = sought(words, isTyped).slice(0, left);
    left -= tokens.length;
    if (tokens.length > 0) terms.push({ isExcluded, tokens });
  }
  return terms;
}

function sought(words: readonly Word[], isTyped: boolean): SoughtToken[] {
  const tokens = tokensOf(words);
  return tokens.flatMap((token, at) => {
    const [before, word] = [words[at - 1], words[at]];
    if (word === undefined) return [];
    const isLast = at === tokens.length - 1;
    const endsRun = word.isDense && !isPair(word, words[at + 1]);
    // It is in the pair before; where there is none, it begins a pair or ends a run.
    if (endsRun && before !== undefined && isPair(before, word)) return [];
    const isPrefix = endsRun || (isTyped && isLast && Array.from(word.text).length >= PREFIX_FROM);
    return [{ ...token, isPrefix }];
  });
}

/** Whether a text is one that the database would find. */
export function matches(terms: readonly SearchTerm[], text: string): boolean {
  const tokens = tokensOf(wordsOf(text));
  return terms.every(({ tokens: wanted, isExcluded }) => {
    const [first] = wanted;
    if (first === undefined) return true;
    const holds = tokens.some((_, start) =>
      wanted.every((one) => isFound(one, tokens[start + one.at - first.at]?.text)),
    );
    return holds !== isExcluded;
  });
}

/** Whether this is what is looked for. */
export function isFound({ text, isPrefix }: SoughtToken, token: string | undefined): boolean {
  return token !== undefined && (isPrefix ? token.startsWith(text) : token === text);
}
