import { createRoot } from 'solid-js';
import { describe, expect, test } from 'vitest';
import { createReorder } from './create-reorder.ts';

const LIST = ['council', 'moderator', 'choir', 'newcomer'].map((id) => ({ id, name: id }));

/** A list whose first role is not ours to move, and keys that are pressed on the handles. */
function openList() {
  const dropped: (string | number)[][] = [];
  const told: string[] = [];
  const reorder = createRoot(() =>
    createReorder({
      list: () => LIST,
      first: () => 1,
      rows: () => [],
      say: ({ what, name, place }) => told.push(`${name} ${what} ${place}`),
      onDrop: (...moved) => dropped.push(moved),
    }),
  );
  const press = (id: string, ...keys: string[]) => {
    for (const key of keys) {
      // Of an event only these are read.
      const event = { key, preventDefault() {}, stopPropagation() {} } as KeyboardEvent;
      reorder.handle(() => id).onKeyDown(event);
    }
  };
  return { reorder, dropped, told, press };
}

describe('moving a role with the keyboard', () => {
  test('it is lifted, moved, dropped, and each step is told', () => {
    const { press, dropped, told } = openList();
    press('newcomer', ' ', 'ArrowUp', 'ArrowUp', ' ');
    expect(dropped).toEqual([['newcomer', 3, 1]]);
    expect(told).toEqual([
      'newcomer lifted 4',
      'newcomer moved 3',
      'newcomer moved 2',
      'newcomer dropped 2',
    ]);
  });

  test('what stands above me is not displaced', () => {
    const { press, dropped, reorder } = openList();
    press('council', ' ');
    expect(reorder.lift()).toBeUndefined();
    press('choir', ' ', 'Home', ' ');
    expect(dropped).toEqual([['choir', 2, 1]]);
  });

  test('Escape puts it back, and arrows alone do nothing', () => {
    const { press, dropped, reorder, told } = openList();
    press('choir', 'ArrowDown');
    expect(reorder.lift()).toBeUndefined();
    press('choir', ' ', 'ArrowDown', 'Escape');
    expect([dropped, told.at(-1)]).toEqual([[], 'choir back 3']);
  });

  test('dropped where it was it is not moved', () => {
    const { press, dropped } = openList();
    press('choir', ' ', 'ArrowDown', 'ArrowUp', ' ');
    expect(dropped).toEqual([]);
  });
});
