import type { Inline } from '@harmonium/api/markup';

/** Signs that look like the dot or the slash of an address, and letters that cannot be seen. */
const DOTS = /[\u2024\u3002\ua4f8\uff0e\uff61\u0589\u0701\u2027\u30fb\u00b7]/g;
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Mn}]/gu;
const HOST = /(?:[\p{L}\p{N}-]+\s?\.\s?)+[\p{L}]{2,}/gu;

/**
 * False for words that look like an address which is not the one the link leads to: a reader would
 * be somewhere else than they think.
 */
export function isHonest(label: readonly Inline[], href: string): boolean {
  const words = wordsOf(label).normalize('NFKC').replace(UNSEEN, '').replace(DOTS, '.');
  if (words.trim() === '') return false;
  const url = new URL(href);
  const host = withoutWww(url.protocol === 'mailto:' ? hostOfMail(url) : url.hostname);
  const named = words.match(HOST) ?? [];
  if (named.length === 0) return !words.includes('://');
  return named.every((name) => withoutWww(name.replace(/\s/g, '').toLowerCase()) === host);
}

/** An address as somebody would write it: without the slash that stands for the whole site. */
export function shownAddress(href: string): string {
  const url = new URL(href);
  const isBare = url.pathname === '/' && url.search === '' && url.hash === '';
  return isBare ? href.replace(/\/$/, '') : href;
}

function wordsOf(nodes: readonly Inline[]): string {
  return nodes
    .map((node) =>
      'text' in node ? node.text : 'children' in node ? wordsOf(node.children ?? []) : '',
    )
    .join('');
}

const hostOfMail = (url: URL): string => url.pathname.split('@').at(-1)?.toLowerCase() ?? '';
const withoutWww = (host: string): string => host.replace(/^www\./, '');
