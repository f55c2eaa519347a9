import { Role } from '@harmonium/api/role';
import { place } from '@harmonium/api/place';
import { describe, expect, test } from 'vitest';
import { movedTo, placeAt, positionAt, rankedRoles } from './role-order.ts';

const role = (id: string, position: number) =>
  Role.parse({
    id,
    serverId: '1',
    name: id,
    color: null,
    permissions: '0',
    position,
    hoist: false,
    mentionable: false,
  });
const roles = [role('1', 0), role('2', 1), role('3', 2), role('4', 3)];
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);

describe('the order of roles', () => {
  test('the highest is on top, and @everyone is not moved', () => {
    expect(ids(rankedRoles(roles, '1'))).toEqual(['4', '3', '2']);
  });

  test('dropped anywhere, the server puts it where it was shown', () => {
    const shown = rankedRoles(roles, '1');
    for (let from = 0; from < shown.length; from += 1) {
      for (let to = 0; to < shown.length; to += 1) {
        const wanted = ids(movedTo(shown, from, to));
        const moved = shown[from];
        if (moved === undefined) throw new Error('no such place');
        const placed = place(roles, [{ id: moved.id, position: positionAt(to, shown.length) }]);
        expect(ids(placed.slice(1).reverse()), `${from} to ${to}`).toEqual(wanted);
      }
    }
  });

  test('the pointer is over a place once it is past the middle of the row', () => {
    const middles = [20, 60, 100];
    expect(placeAt(10, middles, 2)).toBe(0);
    expect(placeAt(30, middles, 2)).toBe(1);
    expect(placeAt(500, middles, 0)).toBe(2);
    expect(placeAt(60, middles, 1)).toBe(1);
  });
});
