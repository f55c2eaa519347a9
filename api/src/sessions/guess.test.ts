import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp } from '../testing/test-app.ts';
import type { TestApp } from '../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ rateLimitScale: 1 });
  for (const name of ['ada', 'bea', 'cleo', 'dora']) await app.register(name);
}, 30_000);
afterAll(() => app.close());

/** The status of a login from an address. */
async function login(name: string, password: string, address: string): Promise<number> {
  const response = await app.fetch('/api/auth/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-test-address': address },
    body: JSON.stringify({ login: name, password }),
  });
  return response.status;
}
async function times(count: number, act: (index: number) => Promise<number>): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < count; index += 1) statuses.push(await act(index));
  return statuses;
}
const RIGHT = 'correct horse';

test('after ten wrong passwords an address waits, also with the right one', async () => {
  const wrong = await times(10, () => login('ada', 'wrong', '192.0.2.10'));
  expect(wrong).toEqual(Array.from({ length: 10 }, () => 401));
  expect(await login('ada', RIGHT, '192.0.2.10')).toBe(429);
  app.clock.now += 15 * 60 * 1000;
  expect(await login('ada', RIGHT, '192.0.2.10')).toBe(200);
});

test('an account under attack is open to its owner, who may mistype', async () => {
  await times(40, (index) => login('bea', 'wrong', `198.51.100.${index}`));
  expect(await times(2, () => login('bea', 'mistyped', '203.0.113.7'))).toEqual([401, 401]);
  expect(await login('bea', RIGHT, '203.0.113.7')).toBe(200);
});

test('whoever attacks from many addresses has three guesses from each', async () => {
  await times(11, (index) => login('cleo', 'wrong', `198.51.100.${100 + index}`));
  const guesses = await times(4, () => login('cleo', 'wrong', '198.51.100.200'));
  expect(guesses).toEqual([401, 401, 401, 429]);
});

test('a name that nobody has is counted alike', async () => {
  const guesses = await times(11, () => login('nobody', 'wrong', '192.0.2.20'));
  expect(guesses.at(-1)).toBe(429);
});

test('who gets it right starts anew', async () => {
  const attempts = await times(20, (index) =>
    login('dora', index % 3 === 2 ? RIGHT : 'wrong', '192.0.2.30'),
  );
  expect(attempts).not.toContain(429);
});
