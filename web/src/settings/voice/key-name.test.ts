import { expect, test } from 'vitest';
import { keyName } from './key-name.ts';

test('keys are called as they are called', () => {
  const codes = ['KeyV', 'Digit4', 'F9', 'ControlRight', 'Backquote', 'NumpadAdd', 'CapsLock'];
  expect(codes.map(keyName)).toEqual([
    'V',
    '4',
    'F9',
    'Right Control',
    'Backquote',
    'Numpad Add',
    'Caps Lock',
  ]);
});
