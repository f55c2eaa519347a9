import { parseBlocks } from './markup/blocks.ts';
import type { Block, Inline, List } from './markup/nodes.ts';

export type { Block, Inline, Link, List, Span } from './markup/nodes.ts';

/**
 * A message as a tree: what the app draws and what the server makes previews of. Whatever is not
 * understood stays text, and there is no way to markup of one's own.
 */
export function parseMarkup(content: string): Block[] {
  return parseBlocks(content.replaceAll('\r\n', '\n'));
}

/** The web addresses a message shows, in order and each once: not those in code, behind a spoiler or
 * in angle brackets. */
export function shownLinks(content: string): string[] {
  if (!content.includes('http')) return [];
  const links = new Set<string>();
  const block = (node: Block): void => {
    if (node.kind === 'list') list(node);
    else if (node.kind === 'quote') node.children.forEach(block);
    else if (node.kind !== 'fence') node.children.forEach(inline);
  };
  const list = (node: List): void => {
    for (const item of node.items) {
      item.children.forEach(inline);
      item.lists.forEach(list);
    }
  };
  const inline = (node: Inline): void => {
    if (node.kind === 'link') {
      if (node.isQuiet !== true && node.href.startsWith('http')) links.add(node.href);
    } else if ('children' in node && node.kind !== 'spoiler') node.children.forEach(inline);
  };
  parseMarkup(content).forEach(block);
  return [...links];
}
