import { expect, test } from 'vitest';
import { needsOf } from './model.ts';
import { readLoad } from './read-load.ts';
import { sayNeeds } from './say-needs.ts';

const sum = (parts: Record<string, number>) =>
  Object.values(parts).reduce((all, one) => all + one, 0);

test('a group of friends fits the smallest machine there is', () => {
  const load = readLoad({ users: '50', online: '40%' });
  expect(sayNeeds(load, needsOf(load))).toMatch(
    /ROOM_PROCESSES=1 SFU_WORKERS=1\nOne machine of 2 cores and 2 GB\.$/,
  );
});

test.each([
  ['users', '20000'],
  ['online', '90%'],
  ['messages', '500'],
  ['calls', '200'],
])('more of --%s takes more', (name, value) => {
  const given = { users: '5000', online: '20%', messages: '40', calls: '10' };
  const [less, more] = [needsOf(readLoad(given)), needsOf(readLoad({ ...given, [name]: value }))];
  expect(sum(more.cores)).toBeGreaterThan(sum(less.cores));
  expect(sum(more.memory)).toBeGreaterThan(sum(less.memory));
  expect(sum(more.megabits)).toBeGreaterThan(sum(less.megabits));
});

test('what one core of rooms cannot bear is shared by several', () => {
  const { cores, roomProcesses } = needsOf(readLoad({ messages: '400', audience: '300' }));
  expect(roomProcesses).toBeGreaterThan(1);
  expect(cores.rooms / roomProcesses).toBeLessThanOrEqual(0.6);
});

test('who is alone in a call is sent nothing', () => {
  const load = readLoad({ calls: '10', 'in-call': '1' });
  expect(needsOf(load)).toMatchObject({ cores: { voice: 0 }, megabits: { voice: 0 } });
});

test('a share is written as one', () => {
  expect(readLoad({ online: '0.2' })).toEqual(readLoad({ online: '20%' }));
  expect(() => readLoad({ online: '20' })).toThrow('--online is a share');
  expect(() => readLoad({ users: 'many' })).toThrow('--users is a number');
});
