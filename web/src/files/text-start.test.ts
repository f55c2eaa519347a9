import { expect, test } from 'vitest';
import { textStart } from './text-start.ts';

const answering =
  (text: string): typeof fetch =>
  () =>
    Promise.resolve(new Response(text));

test('a short text is shown as a whole', async () => {
  const found = await textStart('/a', answering('one\ntwo\n'));
  expect(found).toEqual({ text: 'one\ntwo\n', isWhole: true });
});

test('of a long one the first lines, each of them whole, even where all of it comes', async () => {
  const { text, isWhole } = await textStart('/a', answering('grüße und küsse\n'.repeat(100_000)));
  expect(isWhole).toBe(false);
  expect(text.split('\n')).toHaveLength(100);
  expect(new Set(text.split('\n'))).toEqual(new Set(['grüße und küsse']));
});

test('one endless line is cut', async () => {
  const { text, isWhole } = await textStart('/a', answering('x'.repeat(1_000_000)));
  expect([text.length, isWhole]).toEqual([16_384, false]);
});

test('what is not there is not shown as a text', async () => {
  const gone: typeof fetch = () => Promise.resolve(new Response('{"error":{}}', { status: 404 }));
  await expect(textStart('/a', gone)).rejects.toThrow('did not come');
});
