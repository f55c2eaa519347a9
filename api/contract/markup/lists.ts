import { parseInline } from './inline.ts';
import type { List } from './nodes.ts';

/** Lists in lists; what is indented further stays at this depth. */
const MAX_DEPTH = 5;
const PARTS = /^( *)(?:([-*])|(\d{1,9})[.)]) +(.*)$/;

interface Level {
  indent: number;
  list: List;
}

/** Lines that all begin like an item, as lists in lists by how far they are indented. */
export function parseList(lines: readonly string[]): List[] {
  const roots: List[] = [];
  const levels: Level[] = [];
  for (const line of lines) {
    const [, spaces = '', bullet, number, words = ''] = PARTS.exec(line) ?? [];
    const indent = spaces.length;
    const item = { children: parseInline(words), lists: [] };
    while (levels.length > 1 && indent < (levels.at(-1)?.indent ?? 0)) levels.pop();
    const level = levels.at(-1);
    const isDeeper = level !== undefined && indent > level.indent + 1 && levels.length < MAX_DEPTH;
    if (level !== undefined && !isDeeper && isOrdered(level.list) === (bullet === undefined)) {
      level.list.items.push(item);
      continue;
    }
    const list: List = { kind: 'list', items: [item] };
    if (number !== undefined) list.start = Number(number);
    if (!isDeeper) levels.pop();
    (levels.at(-1)?.list.items.at(-1)?.lists ?? roots).push(list);
    levels.push({ indent, list });
  }
  return roots;
}

const isOrdered = (list: List): boolean => list.start !== undefined;
