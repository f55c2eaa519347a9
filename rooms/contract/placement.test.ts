import { createSnowflakes } from '@harmonium/api/ids';
import { expect, test } from 'vitest';
import { MAX_PLACES, placeOf } from './placement.ts';

/** As they come in a busy minute: close to each other. */
function someRooms(count: number): string[] {
  let now = Date.UTC(2026, 10, 23);
  const ids = createSnowflakes({ node: 7, now: () => (now += 3) });
  return Array.from({ length: count }, () => ids.next());
}

const ROOMS = someRooms(20_000);

test('where rooms live never changes from one version to the next', () => {
  const ids = ['1', '1234567890', '418472398472397', '9223372036854775807'];
  const places = ids.map((id) => [
    placeOf('main', id, 2),
    placeOf('server', id, 5),
    placeOf('user', id, 64),
  ]);
  expect(places).toEqual([
    [0, 4, 3],
    [0, 2, 17],
    [0, 2, 22],
    [0, 4, 58],
  ]);
});

test('alone, a place has every room', () => {
  expect(ROOMS.every((id) => placeOf('main', id, 1) === 0)).toBe(true);
});

test.each([2, 3, 7, MAX_PLACES])('rooms spread evenly over %i places', (places) => {
  const counts = Array.from({ length: places }, () => 0);
  for (const id of ROOMS) {
    const place = placeOf('main', id, places);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  const even = ROOMS.length / places;
  // Five standard deviations of a fair draw.
  const spread = 5 * Math.sqrt(even);
  for (const count of counts) expect(Math.abs(count - even)).toBeLessThan(spread);
});

test.each([1, 2, 3, 8, 63])(
  'from %i places to one more, only its own share moves, all to it',
  (n) => {
    const moved = ROOMS.filter((id) => placeOf('main', id, n) !== placeOf('main', id, n + 1));
    expect(moved.every((id) => placeOf('main', id, n + 1) === n)).toBe(true);
    const share = ROOMS.length / (n + 1);
    expect(Math.abs(moved.length - share)).toBeLessThan(5 * Math.sqrt(share));
  },
);

test('a server, its first channel and a user of the same number need not be neighbours', () => {
  const together = ROOMS.filter((id) => placeOf('main', id, 8) === placeOf('server', id, 8));
  expect(together.length).toBeGreaterThan(ROOMS.length / 10);
  expect(together.length).toBeLessThan(ROOMS.length / 6);
});
