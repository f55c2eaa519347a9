import { expect, test } from 'vitest';
import { closedShortcode, triggerAt } from './trigger.ts';

/** The caret is where the bar stands. */
function at(marked: string) {
  const caret = marked.indexOf('|');
  return [marked.replace('|', ''), caret] as const;
}

test.each([
  ['@|', '@', ''],
  ['hello @mi|', '@', 'mi'],
  ['@mi| hello', '@', 'mi'],
  ['(@mi|', '@', 'mi'],
  ['@Ann Le|', '@', 'Ann Le'],
  ['#gen|', '#', 'gen'],
  ['nice :ta|', ':', 'ta'],
  [':+1|', ':', '+1'],
])('%s asks for something', (marked, sign, query) => {
  expect(triggerAt(...at(marked))).toMatchObject({ sign, query });
});

test.each([
  ['mail me@ex|'],
  ['a :t|'],
  ['12:30|'],
  ['https://x.org/#top|'],
  ['http:|'],
  ['`@mi|`'],
  ['```\n@mi|'],
  ['\\@mi|'],
  ['<@12|'],
  ['@Ann is here now and |'],
  ['@ |'],
])('%s does not', (marked) => {
  expect(triggerAt(...at(marked))).toBeUndefined();
});

test('it says what to replace', () => {
  expect(triggerAt(...at('hey @mi|rela'))).toEqual({ sign: '@', query: 'mi', from: 4, to: 7 });
});

test('a shortcode is complete with its second colon', () => {
  expect(closedShortcode(...at('so :tada:|'))).toEqual({ code: 'tada', from: 3, to: 9 });
  expect(closedShortcode(...at(':tada|'))).toBeUndefined();
  expect(closedShortcode(...at('at 10:30:|'))).toBeUndefined();
  expect(closedShortcode(...at('`:tada:|`'))).toBeUndefined();
});
