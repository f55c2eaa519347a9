import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { place } from './place.ts';

const list = (ids: string) => ids.split('').map((id) => ({ id }));
const text = (placed: { id: string }[]) => placed.map(({ id }) => id).join('');
const ALL = 'abcdefgh';

test.each([
  ['nothing moves', '', 'abcde'],
  ['one moves up', 'd1', 'adbce'],
  ['one moves down', 'b3', 'acdbe'],
  ['one moves beyond the end', 'a9', 'bcdea'],
  ['two change places', 'a4 e0', 'ebcda'],
  ['all are named', 'e0 d1 c2 b3 a4', 'edcba'],
  ['several of a group in the order they are wanted in', 'd0 b1 c2', 'dbcae'],
  ['what is not there is passed over', 'x0 b0', 'bacde'],
])('%s', (_, moves, expected) => {
  const wanted = moves
    .split(' ')
    .filter((move) => move !== '')
    .map((move) => ({ id: move.slice(0, 1), position: Number(move.slice(1)) }));
  expect(text(place(list('abcde'), wanted))).toBe(expected);
});

const moves = fc.uniqueArray(
  fc.record({ id: fc.constantFrom(...ALL.split('')), position: fc.nat({ max: 12 }) }),
  { selector: ({ id }) => id },
);

test('nothing is lost or doubled, what stays keeps its order, and once more changes nothing', () => {
  fc.assert(
    fc.property(moves, (wanted) => {
      const placed = place(list(ALL), wanted);
      expect(text(placed).split('').sort().join('')).toBe(ALL);
      const moved = new Set(wanted.map(({ id }) => id));
      const stayed = placed.filter(({ id }) => !moved.has(id));
      expect(text(stayed)).toBe(text(list(ALL).filter(({ id }) => !moved.has(id))));
      expect(text(place(placed, wanted))).toBe(text(placed));
    }),
  );
});
