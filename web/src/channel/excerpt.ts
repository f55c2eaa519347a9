import { parseMarkup } from '@harmonium/api/markup';
import type { Block, Inline, List } from '@harmonium/api/markup';

/** What is read of a message that stands in one line. */
const MOST_READ = 400;

export interface NamesInExcerpt {
  user: (id: string) => string;
  role: (id: string) => string;
  channel: (id: string) => string;
}

/** The words of a message in one line, without marks; what is hidden behind a spoiler stays so. */
export function excerptOf(content: string, names: NamesInExcerpt, most = MOST_READ): string {
  const inline = (node: Inline): string => {
    switch (node.kind) {
      case 'text':
      case 'code':
        return node.text;
      case 'spoiler':
        return '▇▇▇';
      case 'link':
        return node.children === undefined ? node.href : node.children.map(inline).join('');
      case 'user':
        return `@${names.user(node.id)}`;
      case 'role':
        return `@${names.role(node.id)}`;
      case 'channel':
        return `#${names.channel(node.id)}`;
      case 'crowd':
        return `@${node.crowd}`;
      case 'emoji':
        return `:${node.name}:`;
      case 'time':
        return new Date(node.seconds * 1000).toLocaleString();
      case 'strong':
      case 'em':
      case 'underline':
      case 'strike':
        return node.children.map(inline).join('');
    }
  };
  const list = (node: List): string =>
    node.items
      .map((item) => [item.children.map(inline).join(''), ...item.lists.map(list)].join(' '))
      .join(' ');
  const block = (node: Block): string => {
    if (node.kind === 'list') return list(node);
    if (node.kind === 'quote') return node.children.map(block).join(' ');
    return node.kind === 'fence' ? node.text : node.children.map(inline).join('');
  };
  const text = parseMarkup(content.slice(0, most)).map(block).join(' ');
  return text.replaceAll(/\s+/g, ' ').trim();
}
