import { codeParts } from './code-parts.ts';
import { pickedPattern } from './named-text.ts';
import type { Picked } from './named-text.ts';

/** A stretch of what is being written, and how it looks while it is. */
export interface Stroke {
  text: string;
  look: 'plain' | 'mark' | 'code' | 'name' | 'link';
}

const LINE_MARK = /^(?:>>>|[>*-]|-#|#{1,3}|\d{1,9}\.)(?= )/;
const LINK = /https?:\/\/[^\s<>]+/;
const CROWD = /(?<![\w@\\])@(?:everyone|here)(?![\w@])/;
const WIRE = /<(?:@[!&]?|#|a?:\w{2,32}:)\d{1,20}>/;
const PAIR =
  /(?<!\\)(\*\*\*|\*\*|__|~~|\|\||\*|(?<![\p{L}\p{N}_])_)(?=\S)([^\n]{0,400}?\S)\1(?![*_])/u;

/** What dims, what is coloured; together always exactly the text. */
export function strokesOf(text: string, picked: Picked): Stroke[] {
  const names = pickedPattern(picked)?.source;
  const sources = [LINK, CROWD, WIRE].map(({ source }) => source);
  const tokens = new RegExp([...(names === undefined ? [] : [names]), ...sources].join('|'), 'u');
  return joined(
    codeParts(text).flatMap((part, index) =>
      part.isCode ? codeStrokes(part.text) : lineStrokes(part.text, index === 0, tokens),
    ),
  );
}

function codeStrokes(code: string): Stroke[] {
  const [first = '', last = ''] = [/^`+/, /`+$/].map((ticks) => ticks.exec(code)?.[0]);
  const length = Math.min(first.length, last.length, Math.floor((code.length - 1) / 2));
  return [
    { text: code.slice(0, length), look: 'mark' },
    { text: code.slice(length, code.length - length), look: 'code' },
    { text: code.slice(code.length - length), look: 'mark' },
  ];
}

function lineStrokes(text: string, isStart: boolean, tokens: RegExp): Stroke[] {
  const strokes: Stroke[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (index > 0) strokes.push({ text: '\n', look: 'plain' });
    const mark = isStart || index > 0 ? (LINE_MARK.exec(line)?.[0] ?? '') : '';
    strokes.push({ text: mark, look: 'mark' });
    wordStrokes(line.slice(mark.length), tokens, strokes);
  }
  return strokes;
}

function wordStrokes(text: string, tokens: RegExp, strokes: Stroke[]): void {
  let rest = text;
  while (rest !== '') {
    const token = tokens.exec(rest);
    const pair = PAIR.exec(rest);
    const at = Math.min(token?.index ?? rest.length, pair?.index ?? rest.length);
    strokes.push({ text: rest.slice(0, at), look: 'plain' });
    rest = rest.slice(at);
    if (token?.index === at) {
      const [word] = token;
      strokes.push({ text: word, look: word.startsWith('http') ? 'link' : 'name' });
      rest = rest.slice(word.length);
    } else if (pair !== null) {
      const [whole, mark = '', inside = ''] = pair;
      strokes.push({ text: mark, look: 'mark' });
      wordStrokes(inside, tokens, strokes);
      strokes.push({ text: mark, look: 'mark' });
      rest = rest.slice(whole.length);
    }
  }
}

function joined(strokes: readonly Stroke[]): Stroke[] {
  const out: Stroke[] = [];
  for (const stroke of strokes) {
    const last = out.at(-1);
    if (stroke.text === '') continue;
    if (last?.look === stroke.look) last.text += stroke.text;
    else out.push({ ...stroke });
  }
  return out;
}
