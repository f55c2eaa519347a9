import { isFound } from '@harmonium/api/search-terms';
import type { SearchTerm } from '@harmonium/api/search-terms';
import { tokensOf, wordsOf } from '@harmonium/api/search-words';

/** A part of a text, and whether it is what was looked for. */
export interface Part {
  text: string;
  isFound: boolean;
}

/** Characters of a long message that are shown, and how many of them before the first find. */
const SHOWN = 320;
const LEAD = 60;

interface Span {
  start: number;
  end: number;
}

/** A message around what was found in it. */
export function highlighted(content: string, terms: readonly SearchTerm[]): Part[] {
  const text = content.normalize('NFC');
  const spans = spansOf(text, terms);
  const from = beginning(text, spans[0]?.start ?? 0);
  const to = from + SHOWN < text.length ? wordEnd(text, from + SHOWN) : text.length;
  const parts: Part[] = [];
  let at = from;
  const add = (end: number, found: boolean): void => {
    if (end > at) parts.push({ text: text.slice(at, end), isFound: found });
    at = Math.max(at, end);
  };
  for (const { start, end } of spans) {
    add(Math.min(start, to), false);
    add(Math.min(end, to), true);
  }
  add(to, false);
  return [
    ...(from > 0 ? [{ text: '… ', isFound: false }] : []),
    ...parts,
    ...(to < text.length ? [{ text: ' …', isFound: false }] : []),
  ];
}

/** Where terms are found, in order and apart. */
function spansOf(text: string, terms: readonly SearchTerm[]): Span[] {
  const words = wordsOf(text);
  const tokens = tokensOf(words);
  const spans: Span[] = [];
  for (const { tokens: wanted } of terms.filter(({ isExcluded }) => !isExcluded)) {
    const [first, last] = [wanted[0], wanted.at(-1)];
    if (first === undefined || last === undefined) continue;
    for (const { at } of tokens) {
      if (!wanted.every((one) => isFound(one, tokens[at + one.at - first.at]?.text))) continue;
      const end = at + last.at - first.at;
      // A token of two characters ends with the second.
      const tail = words[end]?.isDense === true && last.text !== words[end]?.text ? end + 1 : end;
      const [begins, ends] = [words[at], words[tail] ?? words[end]];
      if (begins !== undefined && ends !== undefined) {
        spans.push({ start: begins.start, end: ends.end });
      }
    }
  }
  return joined(spans.sort((one, other) => one.start - other.start));
}

function joined(spans: readonly Span[]): Span[] {
  const apart: Span[] = [];
  for (const span of spans) {
    const last = apart.at(-1);
    if (last !== undefined && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else apart.push({ ...span });
  }
  return apart;
}

/** Long messages begin shortly before the first find, at a word. */
function beginning(text: string, found: number): number {
  if (text.length <= SHOWN || found <= LEAD) return 0;
  const space = text.indexOf(' ', found - LEAD);
  return space === -1 || space >= found ? found : space + 1;
}

function wordEnd(text: string, at: number): number {
  const space = text.lastIndexOf(' ', at);
  const cut = space > at - LEAD ? space : at;
  // Never half a character.
  return text.slice(0, cut).isWellFormed() ? cut : cut - 1;
}
