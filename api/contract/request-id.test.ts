import { expect, test } from 'vitest';
import { askUnder, readRequestId } from './request-id.ts';

test('the id that a service made is read', () => {
  const id = crypto.randomUUID();
  expect(readRequestId(id)).toBe(id);
});

test.each([
  null,
  undefined,
  '',
  'mine',
  crypto.randomUUID().toUpperCase(),
  `${crypto.randomUUID()}\n`,
  `${crypto.randomUUID()}","level":60`,
])('%j is none', (header) => {
  expect(readRequestId(header)).toBeUndefined();
});

test('what fails says under which id it was asked', async () => {
  const id = crypto.randomUUID();
  const failure = new TypeError('fetch failed');
  const asking = askUnder(id, () => Promise.reject(failure));
  await expect(asking).rejects.toBe(failure);
  await expect(asking).rejects.toMatchObject({ requestId: id });
});
