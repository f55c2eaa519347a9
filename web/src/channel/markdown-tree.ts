import MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';

export type MarkdownNode =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'fence'; text: string; language: string }
  | { kind: 'break' }
  | { kind: 'link'; href: string; children: MarkdownNode[] }
  | { kind: 'ordered'; start: number; children: MarkdownNode[] }
  | PlainNode;

export interface PlainNode {
  kind: Plain;
  children: MarkdownNode[];
}

/** Kinds that have nothing but children. */
type Plain = 'paragraph' | 'strong' | 'em' | 'strike' | 'quote' | 'bullets' | 'item' | 'heading';

const PLAIN: Record<string, Plain> = {
  paragraph: 'paragraph',
  strong: 'strong',
  em: 'em',
  s: 'strike',
  blockquote: 'quote',
  bullet_list: 'bullets',
  list_item: 'item',
  heading: 'heading',
};

const parser = new MarkdownIt({ html: false, linkify: true, breaks: true }).disable([
  'code',
  'entity',
  'hr',
  'image',
  'lheading',
  'reference',
  'table',
]);

/** A message as a tree. Whatever is not understood stays text: there is no way to markup of one's own. */
export function parseMarkdown(text: string): MarkdownNode[] {
  return nest(parser.parse(withEndedQuotes(text), {}));
}

/** A quote ends with its line, as chat writers expect; Markdown would go on to the next empty one. */
function withEndedQuotes(text: string): string {
  let isCode = false;
  const lines = text.split('\n');
  return lines
    .map((line, index) => {
      if (line.startsWith('```')) isCode = !isCode;
      const next = lines[index + 1];
      const ends = !isCode && line.startsWith('>') && next !== undefined && !next.startsWith('>');
      return ends ? `${line}\n` : line;
    })
    .join('\n');
}

function nest(tokens: readonly Token[]): MarkdownNode[] {
  const root: MarkdownNode[] = [];
  const stack: MarkdownNode[][] = [root];
  const add = (node: MarkdownNode): void => void stack.at(-1)?.push(node);
  for (const token of tokens) {
    if (token.nesting < 0) stack.pop();
    else if (token.nesting > 0) {
      const children: MarkdownNode[] = [];
      const node = open(token, children);
      if (node === undefined) stack.push(stack.at(-1) ?? root);
      else {
        add(node);
        stack.push(children);
      }
    } else if (token.type === 'inline') stack.at(-1)?.push(...nest(token.children ?? []));
    else if (token.type !== 'text' || token.content !== '') add(leaf(token));
  }
  return root;
}

function open(token: Token, children: MarkdownNode[]): MarkdownNode | undefined {
  const name = token.type.replace(/_open$/, '');
  if (name === 'link') {
    const href = safeAddress(String(token.attrGet('href') ?? ''));
    return href === undefined ? undefined : { kind: 'link', href, children };
  }
  if (name === 'ordered_list') {
    return { kind: 'ordered', start: Number(token.attrGet('start') ?? 1), children };
  }
  // A tight list's paragraphs are no paragraphs of their own.
  if (name === 'paragraph' && token.hidden) return undefined;
  const kind = PLAIN[name];
  return kind === undefined ? undefined : { kind, children };
}

function leaf(token: Token): MarkdownNode {
  switch (token.type) {
    case 'fence':
    case 'code_block':
      return {
        kind: 'fence',
        text: token.content.replace(/\n$/, ''),
        language: token.info.trim().split(/\s/)[0] ?? '',
      };
    case 'code_inline':
      return { kind: 'code', text: token.content };
    case 'softbreak':
    case 'hardbreak':
      return { kind: 'break' };
    default:
      return { kind: 'text', text: token.content };
  }
}

const SAFE_PROTOCOLS = new Set(['http:', 'https:', 'mailto:']);

function safeAddress(href: string): string | undefined {
  try {
    return SAFE_PROTOCOLS.has(new URL(href).protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}
