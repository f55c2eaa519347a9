import { expect, test } from 'vitest';
import { TILE_RATIO, spotlightOf, stripSide, tileSize } from './layout.ts';

const person = (id: string) => ({ key: `${id}:mic`, kind: 'person' as const, isSelf: id === 'me' });
const screen = (id: string) => ({
  key: `${id}:screen`,
  kind: 'screen' as const,
  isSelf: id === 'me',
});

test('people alone are drawn alike', () => {
  expect(spotlightOf([person('me'), person('2')], undefined)).toBeUndefined();
});

test('a screen is looked at when it begins, the youngest of several, and never one’s own', () => {
  const tiles = [person('me'), person('2'), screen('2'), screen('3'), screen('me')];
  expect(spotlightOf(tiles, undefined)).toBe('3:screen');
  expect(spotlightOf([person('me'), screen('me')], undefined)).toBeUndefined();
});

test('what one chose stays, until it is gone', () => {
  const tiles = [person('2'), screen('2')];
  expect(spotlightOf(tiles, { kind: 'spotlight', key: '2:mic' })).toBe('2:mic');
  expect(spotlightOf(tiles, { kind: 'grid' })).toBeUndefined();
  expect(spotlightOf(tiles, { kind: 'spotlight', key: '9:mic' })).toBe('2:screen');
});

test('tiles are as large as they can be, and all of them are seen', () => {
  for (const count of [1, 2, 3, 4, 5, 9, 12]) {
    const place = { width: 1000, height: 600 };
    const { width, height } = tileSize(count, place, 12);
    const columns = Math.floor((place.width + 12) / (width + 12));
    const rows = Math.ceil(count / columns);
    expect(rows * height + (rows - 1) * 12).toBeLessThanOrEqual(place.height);
    expect(width / height).toBeCloseTo(TILE_RATIO, 1);
  }
  expect(tileSize(1, { width: 1000, height: 900 }, 12).width).toBe(1000);
  // Three in a high and narrow place stand in one column.
  expect(tileSize(3, { width: 360, height: 700 }, 8).width).toBe(360);
});

test('very many are scrolled rather than shrunk', () => {
  expect(tileSize(60, { width: 360, height: 400 }, 8).width).toBe(148);
});

test('a phone on its side has the others beside, one that is held upright under', () => {
  expect(stripSide({ width: 800, height: 300 })).toBe('beside');
  expect(stripSide({ width: 366, height: 590 })).toBe('under');
  expect(stripSide({ width: 366, height: 300 })).toBe('strip');
  expect(stripSide({ width: 1040, height: 700 })).toBe('strip');
});
