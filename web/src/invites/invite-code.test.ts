import { expect, test } from 'vitest';
import { inviteCodeIn } from './invite-code.ts';

test.each([
  ['https://chat.example.org/invite/h7Kq2m', 'h7Kq2m'],
  ['  http://localhost:3000/invite/h7Kq2m/  ', 'h7Kq2m'],
  ['https://chat.example.org/invite/h7Kq2m?from=mail', 'h7Kq2m'],
  ['h7Kq2m', 'h7Kq2m'],
  ['https://chat.example.org/', undefined],
  ['https://chat.example.org/invite/', undefined],
  ['https://chat.example.org/invite/../login', undefined],
  ['a b', undefined],
  ['', undefined],
])('%s leads to %s', (text, code) => {
  expect(inviteCodeIn(text)).toBe(code);
});
