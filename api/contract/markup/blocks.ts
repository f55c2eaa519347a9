import { parseInline } from './inline.ts';
import { parseList } from './lists.ts';
import type { Block } from './nodes.ts';

/** Quotes in quotes: what is deeper is text. */
const MAX_QUOTES = 4;

const HEADING = /^(#{1,3}) +(\S.*)$/;
const SMALL = /^-# +(\S.*)$/;
const ITEM = /^ *(?:[-*]|\d{1,9}[.)]) +\S/;
const QUOTED = /^> ?/;
const LANGUAGE = /^([\w+#.-]{1,32})\n/;
const FENCE = '```';

/** The blocks of a text, line by line; each line is looked at once a level of quotes. */
export function parseBlocks(source: string, depth = 0): Block[] {
  const out: Block[] = [];
  const lastFence = source.lastIndexOf(FENCE);
  let plain: string[] = [];
  let at = 0;

  const flush = (): void => {
    const text = plain.join('\n').replace(/^\n+/, '').trimEnd();
    plain = [];
    if (text !== '') out.push({ kind: 'paragraph', children: parseInline(text) });
  };
  const add = (block: Block): void => {
    flush();
    out.push(block);
  };
  /** The lines from here on that are alike, without what makes them so. */
  const gather = (isAlike: (line: string) => boolean): string[] => {
    const lines: string[] = [];
    while (at <= source.length) {
      const line = lineAt(source, at);
      if (!isAlike(line)) break;
      lines.push(line);
      at += line.length + 1;
    }
    return lines;
  };

  while (at < source.length) {
    const line = lineAt(source, at);
    const quote = depth < MAX_QUOTES && quoted(source, at, line);
    if (quote !== false) {
      const text = quote === 'rest' ? source.slice(at + 4) : unquoted(gather(isQuoted));
      if (quote === 'rest') at = source.length;
      add({ kind: 'quote', children: parseBlocks(text, depth + 1) });
      continue;
    }
    const fence = at <= lastFence ? fenceIn(source, at, line) : undefined;
    if (fence !== undefined) {
      const before = source.slice(at, fence.start);
      if (before.trim() !== '') plain.push(before.trimEnd());
      add({ kind: 'fence', language: fence.language, text: fence.text });
      at = source[fence.end] === '\n' ? fence.end + 1 : fence.end;
      continue;
    }
    if (ITEM.test(line)) {
      flush();
      out.push(...parseList(gather((each) => ITEM.test(each) && !each.includes(FENCE))));
      if (lineAt(source, at) === line && line.includes(FENCE)) {
        plain.push(line);
        at += line.length + 1;
      }
      continue;
    }
    at += line.length + 1;
    const heading = HEADING.exec(line);
    const small = SMALL.exec(line)?.[1];
    if (heading !== null) {
      const level = heading[1]?.length === 1 ? 1 : heading[1]?.length === 2 ? 2 : 3;
      add({ kind: 'heading', level, children: parseInline(heading[2] ?? '') });
    } else if (small !== undefined) add({ kind: 'small', children: parseInline(small) });
    else plain.push(line);
  }
  flush();
  return out;
}

function lineAt(source: string, at: number): string {
  const end = source.indexOf('\n', at);
  return end < 0 ? source.slice(at) : source.slice(at, end);
}

const isQuoted = (line: string): boolean => line === '>' || line.startsWith('> ');
const unquoted = (lines: string[]): string =>
  lines.map((line) => line.replace(QUOTED, '')).join('\n');

/** A quote of this line and those like it, or of all that follows. */
function quoted(source: string, at: number, line: string): 'line' | 'rest' | false {
  if (source.startsWith('>>> ', at)) return 'rest';
  return isQuoted(line) ? 'line' : false;
}

interface Fence {
  start: number;
  end: number;
  language: string;
  text: string;
}

/** Code that begins on this line; it may begin behind words, and ends wherever it is closed. */
function fenceIn(source: string, at: number, line: string): Fence | undefined {
  const offset = line.indexOf(FENCE);
  if (offset < 0 || line[offset - 1] === '\\') return undefined;
  const start = at + offset;
  const from = start + FENCE.length;
  const close = source.indexOf(FENCE, from);
  if (close < 0) return undefined;
  const inside = source.slice(from, close);
  const language = LANGUAGE.exec(inside)?.[1] ?? '';
  const text = inside
    .slice(language === '' ? 0 : language.length + 1)
    .replace(/^(?: *\n)+/, '')
    .trimEnd();
  if (text === '') return undefined;
  return { start, end: close + FENCE.length, language: language.toLowerCase(), text };
}
