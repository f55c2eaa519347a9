import { describe, expect, test } from 'vitest';
import { parseMarkup, shownLinks } from './markup.ts';
import type { Block, Inline } from './markup.ts';

const text = (words: string): Inline => ({ kind: 'text', text: words });
const paragraph = (...children: Inline[]): Block => ({ kind: 'paragraph', children });
/** What one line says. */
function line(source: string): Inline[] {
  const [first] = parseMarkup(source);
  return first?.kind === 'paragraph' ? first.children : [];
}
function links(source: string): string[] {
  return line(source).flatMap((node) => (node.kind === 'link' ? [node.href] : []));
}

describe('what one types', () => {
  test.each([
    ['**b**', 'strong'],
    ['*i*', 'em'],
    ['_i_', 'em'],
    ['__u__', 'underline'],
    ['~~s~~', 'strike'],
    ['||s||', 'spoiler'],
  ])('%s is %s', (source, kind) => {
    expect(line(source)).toEqual([{ kind, children: [text(source.replace(/\W|_/g, ''))] }]);
  });

  test('one in another, as they were opened', () => {
    const both = [{ kind: 'strong', children: [{ kind: 'em', children: [text('x')] }] }];
    expect(line('***x***')).toEqual(both);
    expect(line('**a *b* c**')).toEqual([
      {
        kind: 'strong',
        children: [text('a '), { kind: 'em', children: [text('b')] }, text(' c')],
      },
    ]);
  });

  test('what is not closed, stands apart or is part of a word stays as typed', () => {
    for (const source of ['**a', 'a * b * c', 'snake_case_name', 'f*****', '||||', '2 ** 3 ** 4']) {
      expect(line(source)).toEqual([text(source)]);
    }
    expect(line('a *b and *c*')).toEqual([
      text('a *b and '),
      { kind: 'em', children: [text('c')] },
    ]);
  });

  test('a backslash takes the meaning from the sign behind it, and leaves the shrug whole', () => {
    expect(line('\\*a\\* \\<@1>')).toEqual([text('*a* <@1>')]);
    expect(line('¯\\_(ツ)_/¯')).toEqual([text('¯\\_(ツ)_/¯')]);
  });

  test('code means nothing but itself', () => {
    expect(line('`**a** <@1>`')).toEqual([{ kind: 'code', text: '**a** <@1>' }]);
    expect(line('a `` b ` c `` d')).toEqual([
      text('a '),
      { kind: 'code', text: 'b ` c' },
      text(' d'),
    ]);
  });

  test('a fence keeps its lines and its language, wherever it begins', () => {
    expect(parseMarkup('```ts\na\n\n  b\n```')).toEqual([
      { kind: 'fence', text: 'a\n\n  b', language: 'ts' },
    ]);
    expect(parseMarkup('see ```a``` there')).toEqual([
      paragraph(text('see')),
      { kind: 'fence', text: 'a', language: '' },
      paragraph(text(' there')),
    ]);
    expect(parseMarkup('> ```\n> a\n> ```')).toEqual([
      { kind: 'quote', children: [{ kind: 'fence', text: 'a', language: '' }] },
    ]);
  });

  test('a quote ends with its lines, or goes on to the end', () => {
    expect(parseMarkup('> said\nanswered')).toEqual([
      { kind: 'quote', children: [paragraph(text('said'))] },
      paragraph(text('answered')),
    ]);
    expect(parseMarkup('>>> said\nall of it')).toEqual([
      { kind: 'quote', children: [paragraph(text('said\nall of it'))] },
    ]);
    expect(line('>_<')).toEqual([text('>_<')]);
  });

  test('line breaks stay, also empty lines between', () => {
    expect(line('one\ntwo\n\n\nthree')).toEqual([text('one\ntwo\n\n\nthree')]);
  });

  test('headings of three sizes and small words', () => {
    expect(parseMarkup('# a\n### b\n-# c\n#d').map((block) => block.kind)).toEqual([
      'heading',
      'heading',
      'small',
      'paragraph',
    ]);
  });

  test('lists in lists, counted from where they were begun', () => {
    const item = (words: string, ...lists: unknown[]) => ({ children: [text(words)], lists });
    expect(parseMarkup('- a\n  3. b\n  4. c\n- d')).toEqual([
      {
        kind: 'list',
        items: [item('a', { kind: 'list', start: 3, items: [item('b'), item('c')] }), item('d')],
      },
    ]);
  });

  test('people, roles, channels, everyone, emoji and moments', () => {
    expect(line('<@1><@&2><#3><a:wave:4>@here<t:1700000000:R>')).toEqual([
      { kind: 'user', id: '1' },
      { kind: 'role', id: '2' },
      { kind: 'channel', id: '3' },
      { kind: 'emoji', name: 'wave', id: '4', isAnimated: true },
      { kind: 'crowd', crowd: 'here' },
      { kind: 'time', seconds: 1_700_000_000, style: 'R' },
    ]);
    expect(line('<@x> <t:99999999999999:R> @everyones')).toEqual([
      text('<@x> <t:99999999999999:R> @everyones'),
    ]);
  });
});

describe('links', () => {
  test('end where the sentence goes on', () => {
    expect(links('(https://a.org/b_(c)). **https://d.org/e**, https://f.org!')).toEqual([
      'https://a.org/b_(c)',
      'https://f.org/',
    ]);
    expect(line('**https://d.org/e**')).toMatchObject([{ kind: 'strong' }]);
  });

  test('only web and mail addresses can be followed', () => {
    const source = [
      '[a](https://example.org)',
      'http://example.org/b',
      '[c](mailto:me@example.org)',
      '[d](javascript:alert(1))',
      '[e](data:text/html,x)',
      '[f](ftp://example.org)',
      '[g](/relative)',
      '[h](https://bank.org@evil.org)',
    ].join(' ');
    expect(links(source)).toEqual([
      'https://example.org/',
      'http://example.org/b',
      'mailto:me@example.org',
    ]);
  });

  test('foreign letters are shown as what they are', () => {
    expect(links('https://аpple.com/')).toEqual(['https://xn--pple-43d.com/']);
  });

  test('markup of one’s own stays text', () => {
    const source = '<img src=x onerror=alert(1)>';
    expect(parseMarkup(source)).toEqual([paragraph(text(source))]);
  });

  test('those that are shown are asked for once, in order', () => {
    const source = [
      'https://one.org <https://quiet.org> ||https://spoiled.org||',
      '`https://code.org` [two](https://two.org) **https://one.org**',
      '```\nhttps://fenced.org\n```',
      '> - no\n> https://quoted.org',
      '- https://listed.org',
      '[mail](mailto:a@b.org)',
    ].join('\n');
    expect(shownLinks(source)).toEqual([
      'https://one.org/',
      'https://two.org/',
      'https://quoted.org/',
      'https://listed.org/',
    ]);
  });
});
