import { expect, test } from 'vitest';
import { innerPath } from './inner-path.ts';

test.each([
  ['/servers/1/2', '/servers/1/2'],
  ['/settings?x=1', '/settings?x=1'],
  [undefined, '/'],
  ['', '/'],
  ['//evil.example.org', '/'],
  ['/\\evil.example.org', '/'],
  ['https://evil.example.org', '/'],
  ['javascript:alert(1)', '/'],
])('after the log-in, %s leads to %s', (next, path) => {
  expect(innerPath(next)).toBe(path);
});
