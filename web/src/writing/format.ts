/** A change of a text: what is replaced by what, and what is selected then. */
export interface Edit {
  from: number;
  to: number;
  text: string;
  select: [start: number, end: number];
}

export type Format =
  | 'bold'
  | 'italic'
  | 'underline'
  | 'strike'
  | 'code'
  | 'spoiler'
  | 'quote'
  | 'link';

const MARKS = {
  bold: '**',
  italic: '*',
  underline: '__',
  strike: '~~',
  spoiler: '||',
} satisfies Partial<Record<Format, string>>;

/** Puts marks around what is selected, or takes away those that are there. */
export function formatted(text: string, start: number, end: number, format: Format): Edit {
  if (format === 'quote') return quoted(text, start, end);
  if (format === 'link') return linked(text, start, end);
  if (format !== 'code') return wrapped(text, start, end, MARKS[format]);
  return text.slice(start, end).includes('\n')
    ? around(text, start, end, '```\n', '\n```')
    : wrapped(text, start, end, '`');
}

/** An address pasted over words: the words lead there. */
export function linkedTo(text: string, start: number, end: number, address: string): Edit {
  const words = text.slice(start, end);
  const link = `[${words}](${address})`;
  return { from: start, to: end, text: link, select: [start + link.length, start + link.length] };
}

function wrapped(text: string, start: number, end: number, mark: string): Edit {
  const [first, last] = trimmed(text, start, end);
  const inside = text.slice(first, last);
  if (hasMark(inside, mark) && inside.length > mark.length * 2) {
    const bare = inside.slice(mark.length, -mark.length);
    return { from: first, to: last, text: bare, select: [first, first + bare.length] };
  }
  const wide = text.slice(Math.max(0, first - 3), last + 3);
  const outside = text.slice(first - mark.length, last + mark.length);
  const isMarked = first >= mark.length && hasMark(outside, mark) && outside.length > mark.length;
  if (isMarked && isAlone(wide, mark)) {
    const from = first - mark.length;
    return { from, to: last + mark.length, text: inside, select: [from, from + inside.length] };
  }
  return around(text, first, last, mark, mark);
}

/** `*` is not half of `**`, but may stand beside it: `***`. */
function isAlone(wide: string, mark: string): boolean {
  if (mark !== '*') return true;
  const signs = /^\**/.exec(wide)?.[0].length ?? 0;
  const ends = /\**$/.exec(wide)?.[0].length ?? 0;
  return Math.min(signs || 1, ends || 1) % 2 === 1;
}

const hasMark = (text: string, mark: string): boolean =>
  text.startsWith(mark) && text.endsWith(mark) && (mark !== '*' || !/^\*\*(?!\*)/.test(text));

function around(text: string, start: number, end: number, before: string, after: string): Edit {
  const inside = text.slice(start, end);
  const from = start + before.length;
  return {
    from: start,
    to: end,
    text: `${before}${inside}${after}`,
    select: [from, from + inside.length],
  };
}

function quoted(text: string, start: number, end: number): Edit {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const stop = text.indexOf('\n', end);
  const to = stop < 0 ? text.length : stop;
  const lines = text.slice(from, to).split('\n');
  const isQuoted = lines.every((line) => line.startsWith('> '));
  const next = lines.map((line) => (isQuoted ? line.slice(2) : `> ${line}`)).join('\n');
  return { from, to, text: next, select: [from, from + next.length] };
}

function linked(text: string, start: number, end: number): Edit {
  const words = text.slice(start, end);
  const link = `[${words}](https://)`;
  // The address is what is left to be written; without words, they come first.
  const caret = words === '' ? start + 1 : start + link.length - 1;
  return { from: start, to: end, text: link, select: [caret, caret] };
}

/** Marks beside a space would not count. */
function trimmed(text: string, start: number, end: number): [number, number] {
  const inside = text.slice(start, end);
  if (inside.trim() === '') return [start, end];
  return [
    start + inside.length - inside.trimStart().length,
    end - (inside.length - inside.trimEnd().length),
  ];
}
