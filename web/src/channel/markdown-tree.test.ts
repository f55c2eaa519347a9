import { describe, expect, test } from 'vitest';
import { parseMarkdown } from './markdown-tree.ts';
import type { MarkdownNode } from './markdown-tree.ts';

const text = (words: string): MarkdownNode => ({ kind: 'text', text: words });
const paragraph = (...children: MarkdownNode[]): MarkdownNode => ({ kind: 'paragraph', children });

function links(nodes: MarkdownNode[]): string[] {
  return nodes.flatMap((node) => [
    ...(node.kind === 'link' ? [node.href] : []),
    ...('children' in node ? links(node.children) : []),
  ]);
}

describe('what one types', () => {
  test('bold, italic, struck and code', () => {
    expect(parseMarkdown('**b** *i* ~~s~~ `c`')).toEqual([
      paragraph(
        { kind: 'strong', children: [text('b')] },
        text(' '),
        { kind: 'em', children: [text('i')] },
        text(' '),
        { kind: 'strike', children: [text('s')] },
        text(' '),
        { kind: 'code', text: 'c' },
      ),
    ]);
  });

  test('a fence keeps its lines and its language', () => {
    expect(parseMarkdown('```ts\na\n\n  b\n```')).toEqual([
      { kind: 'fence', text: 'a\n\n  b', language: 'ts' },
    ]);
  });

  test('a quote ends with its line', () => {
    expect(parseMarkdown('> said\nanswered')).toEqual([
      { kind: 'quote', children: [paragraph(text('said'))] },
      paragraph(text('answered')),
    ]);
  });

  test('a line break is a line break', () => {
    expect(parseMarkdown('one\ntwo')).toEqual([
      paragraph(text('one'), { kind: 'break' }, text('two')),
    ]);
  });

  test('an ordered list counts from where it was begun', () => {
    expect(parseMarkdown('3. third')).toMatchObject([{ kind: 'ordered', start: 3 }]);
  });
});

describe('what one must not be able to do', () => {
  test('only web and mail addresses become links', () => {
    const source = [
      '[a](https://example.org)',
      'http://example.org/b',
      '[c](mailto:me@example.org)',
      '[d](javascript:alert(1))',
      '[e](data:text/html,x)',
      '[f](ftp://example.org)',
      '[g](/relative)',
    ].join(' ');
    expect(links(parseMarkdown(source))).toEqual([
      'https://example.org',
      'http://example.org/b',
      'mailto:me@example.org',
    ]);
  });

  test('markup of one’s own stays text', () => {
    expect(parseMarkdown('<img src=x onerror=alert(1)>')).toEqual([
      paragraph(text('<img src=x onerror=alert(1)>')),
    ]);
    expect(JSON.stringify(parseMarkdown('![x](https://example.org/x.png)'))).not.toContain('image');
  });
});
