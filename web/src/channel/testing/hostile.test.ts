import { parseMarkup } from '@harmonium/api/markup';
import type { Block, Inline } from '@harmonium/api/markup';
import { describe, expect, test } from 'vitest';
import { HOSTILE } from './hostile.ts';

/** Depth of the deepest part, and every address that can be followed. */
function measure(blocks: readonly Block[]) {
  const hrefs: string[] = [];
  const inline = (nodes: readonly Inline[]): number =>
    Math.max(
      0,
      ...nodes.map((node) => {
        if (node.kind === 'link') hrefs.push(node.href);
        return 'children' in node ? 1 + inline(node.children ?? []) : 1;
      }),
    );
  const block = (nodes: readonly Block[]): number =>
    Math.max(
      0,
      ...nodes.map((node) => {
        if (node.kind === 'fence') return 1;
        if (node.kind === 'quote') return 1 + block(node.children);
        if (node.kind !== 'list') return 1 + inline(node.children);
        return (
          1 +
          Math.max(...node.items.map((item) => Math.max(inline(item.children), block(item.lists))))
        );
      }),
    );
  return { depth: block(blocks), hrefs };
}

describe.each(Object.entries(HOSTILE))('%s', (_, source) => {
  test('is read, not deep, and leads nowhere but to the web', () => {
    const { depth, hrefs } = measure(parseMarkup(source));
    expect(depth).toBeLessThan(25);
    for (const href of hrefs) expect(href).toMatch(/^(https?:\/\/[^@]+$|mailto:)/);
  });
});

describe('time', () => {
  /** Milliseconds a reading takes, at best of a few: others use this machine, too. */
  function timeOf(source: string): number {
    const runs = Array.from({ length: 5 }, () => {
      const from = performance.now();
      parseMarkup(source);
      return performance.now() - from;
    });
    return Math.min(...runs);
  }
  const plain = timeOf('Some words, **strong** ones, `code` and a https://link.test/. '.repeat(64));

  test.each(Object.entries(HOSTILE))(
    '%s takes no longer than a few ordinary messages',
    (_, source) => {
      const perMessage = timeOf(source) / Math.max(1, source.length / 4000);
      expect(perMessage).toBeLessThan(Math.max(2, 25 * plain));
    },
  );

  test.each(Object.entries(HOSTILE))(
    '%s takes no longer for each letter when it is long',
    (_, source) => {
      const [short, long] = [source.repeat(2), source.repeat(16)].map(timeOf);
      // Eight times as long; sixty-four times where each letter looks at all others.
      expect(long).toBeLessThan(Math.max(10, 24 * (short ?? 0)));
    },
  );
});
