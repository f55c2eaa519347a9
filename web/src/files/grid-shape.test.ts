import { expect, test } from 'vitest';
import { gridCells, singleExtent } from './grid-shape.ts';

test.each([
  [
    { width: 4000, height: 3000 },
    { width: 440, height: 330 },
  ],
  [
    { width: 1000, height: 4000 },
    { width: 83, height: 330 },
  ],
  [
    { width: 120, height: 80 },
    { width: 120, height: 80 },
  ],
  [
    { width: 9000, height: 9 },
    { width: 440, height: 48 },
  ],
  [{}, { width: 400, height: 225 }],
])('a picture of %j is shown as large as %j', (picture, shown) => {
  expect(singleExtent(picture)).toEqual(shown);
});

test.each([2, 3, 4, 5, 6, 7, 8, 9, 10])('%i pictures fill their rows', (count) => {
  const cells = gridCells(count);
  expect(cells).toHaveLength(count);
  const units = cells.reduce((sum, { columns, rows }) => sum + columns * rows, 0);
  expect(units % 6).toBe(0);
});
