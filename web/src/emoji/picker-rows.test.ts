import { expect, test } from 'vitest';
import { choiceAt, firstPlace, pickerRows, stepFrom } from './picker-rows.ts';
import type { Place, PickerStep } from './picker-rows.ts';

const choice = (key: string) => ({ key, name: key, shortcode: key });
const section = (id: string, keys: string) => ({
  id,
  title: id,
  choices: keys.split('').map(choice),
});
const rows = pickerRows([section('one', 'abcde'), section('none', ''), section('two', 'fg')], 3);

const walk = (...steps: PickerStep[]) => {
  let at: Place = firstPlace(rows);
  for (const step of steps) at = stepFrom(rows, at, step);
  return choiceAt(rows, at)?.key;
};

test('sections stand under their titles, and empty ones are left out', () => {
  const drawn = rows.map((row) =>
    row.kind === 'title' ? row.title : row.choices.map(({ key }) => key).join(''),
  );
  expect(drawn).toEqual(['one', 'abc', 'de', 'two', 'fg']);
});

test('arrows go through the sections line by line', () => {
  expect(walk()).toBe('a');
  expect(walk('right', 'right', 'right')).toBe('d');
  expect(walk('down', 'down')).toBe('f');
  expect(walk('down', 'down', 'left')).toBe('e');
  expect(walk('right', 'right', 'down')).toBe('e');
});

test('at the edge one stays', () => {
  expect(walk('up')).toBe('a');
  expect(walk('left')).toBe('a');
  expect(walk('down', 'down', 'right', 'right', 'down')).toBe('g');
  expect(choiceAt([], firstPlace([]))).toBeUndefined();
});
