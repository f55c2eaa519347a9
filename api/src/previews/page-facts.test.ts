import { expect, test } from 'vitest';
import { readFacts } from './page-facts.ts';

const PAGE = 'https://site.test/a/b';
const meta = (name: string, content: string) => `<meta property="${name}" content="${content}">`;

test('what the page says for others goes before its title', () => {
  const html = [
    '<html><head><title>T</title>',
    meta('og:title', 'Tuning &amp; voicing'),
    meta('og:site_name', 'Organ notes'),
    meta('og:description', 'How pipes\n speak'),
    meta('og:image', '../p.png'),
    '</head>',
  ].join('');
  expect(readFacts(html, PAGE)).toEqual({
    site: 'Organ notes',
    title: 'Tuning & voicing',
    description: 'How pipes speak',
    image: 'https://site.test/p.png',
  });
});

test('a page that says nothing has its title', () => {
  const html = '<title> Old\n page </title><body><svg><title>icon</title></svg>';
  expect(readFacts(html, PAGE)).toEqual({ title: 'Old page' });
});

test('names of either kind are understood, and empty ones passed over', () => {
  const html = '<META NAME="twitter:title" CONTENT="T"><meta property="og:title" content=" ">';
  expect(readFacts(html, PAGE)).toEqual({ title: 'T' });
});

test('what is long is cut, what turns round or cannot be seen is left out', () => {
  const facts = readFacts(
    `<title>\u202egnp\u0000\u200b.exe</title>${meta('og:description', 'd'.repeat(9000))}`,
    PAGE,
  );
  expect(facts.title).toBe('gnp .exe');
  expect(facts.description).toHaveLength(512);
});

test.each(['javascript:alert(1)', 'data:image/png;base64,x', 'file:///etc/passwd', 'http://'])(
  'a picture at %s is none',
  (address) => {
    expect(readFacts(meta('og:image', address), PAGE)).toEqual({});
  },
);

test('a page that is nothing but open tags is read in a moment', () => {
  const from = performance.now();
  expect(readFacts('<div><title>'.repeat(40_000), PAGE)).toBeDefined();
  expect(readFacts('<meta '.repeat(80_000), PAGE)).toEqual({});
  expect(performance.now() - from).toBeLessThan(2_000);
});
