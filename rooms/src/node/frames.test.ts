import { expect, test } from 'vitest';
import { framesSuite } from '../frames.suite.ts';
import type { Log } from '../host.ts';
import { silentLog } from '../testing/fake-host.ts';
import { nodeRooms } from '../testing/node-rooms.ts';

const bugs: unknown[] = [];
const log: Log = { ...silentLog, error: (fields) => bugs.push(fields) };

framesSuite('the Node host', () => nodeRooms({ log }), 100);

test('none of it was a bug', () => {
  expect(bugs).toEqual([]);
});
