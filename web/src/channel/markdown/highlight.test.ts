import { expect, test } from 'vitest';
import { HOSTILE } from '../testing/hostile.ts';
import { highlight } from './highlight.ts';
import { languageNamed } from './languages.ts';

test('a language has its own name and those that writers use', () => {
  expect(['ts', 'c++', 'yml', 'python'].map(languageNamed)).toEqual([
    'typescript',
    'cpp',
    'yaml',
    'python',
  ]);
  expect(['', 'klingon', '__proto__', 'constructor'].map(languageNamed)).toEqual(
    Array.from({ length: 4 }, () => undefined),
  );
});

test('words of a language are told apart', async () => {
  const pieces = await highlight('typescript', 'const a = "b"; // c');
  const scopes = pieces.filter(({ scope }) => scope !== undefined);
  expect(scopes).toEqual([
    { text: 'const', scope: 'keyword' },
    { text: '"b"', scope: 'string' },
    { text: '// c', scope: 'comment' },
  ]);
});

test.each(['typescript', 'python', 'xml', 'markdown', 'bash'])(
  'whatever is written in %s stays what was written',
  async (language) => {
    for (const source of Object.values(HOSTILE)) {
      const code = source.slice(0, 4000);
      const pieces = await highlight(language, code);
      expect(pieces.map(({ text }) => text).join('')).toBe(code);
    }
  },
);
