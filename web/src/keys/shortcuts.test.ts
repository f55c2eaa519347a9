import { expect, test } from 'vitest';
import { SHORTCUT_GROUPS, isShortcut, shortcutParts, shortcutsIn } from './shortcuts.ts';

const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test('a key counts with what belongs to it and nothing else', () => {
  expect(isShortcut(press('k', { ctrlKey: true }), 'switcher', false)).toBe(true);
  expect(isShortcut(press('K', { ctrlKey: true }), 'switcher', false)).toBe(true);
  expect(isShortcut(press('k'), 'switcher', false)).toBe(false);
  expect(isShortcut(press('k', { ctrlKey: true, altKey: true }), 'switcher', false)).toBe(false);
  expect(isShortcut(press('X', { ctrlKey: true, shiftKey: true }), 'strike', false)).toBe(true);
  expect(isShortcut(press('x', { ctrlKey: true }), 'strike', false)).toBe(false);
});

test('on a Mac it is Cmd, and Ctrl is left alone', () => {
  expect(isShortcut(press('k', { metaKey: true }), 'switcher', true)).toBe(true);
  expect(isShortcut(press('k', { ctrlKey: true }), 'switcher', true)).toBe(false);
  expect(shortcutParts('switcher', true)).toEqual(['⌘', 'K']);
});

test('where the slash is typed with Shift it counts, too', () => {
  expect(isShortcut(press('/', { ctrlKey: true, shiftKey: true }), 'keys', false)).toBe(true);
});

test('the list shows each of them once, and no key means two things in one place', () => {
  const all = SHORTCUT_GROUPS.flatMap(shortcutsIn);
  expect(new Set(all).size).toBe(all.length);
  for (const group of SHORTCUT_GROUPS) {
    const keys = shortcutsIn(group).map((name) => shortcutParts(name, false).join('+'));
    expect(new Set(keys).size).toBe(keys.length);
  }
  expect(shortcutParts('strike', false)).toEqual(['Ctrl', 'Shift', 'X']);
});
