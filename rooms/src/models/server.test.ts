import * as fc from 'fast-check';
import { test } from 'vitest';
import { fakeStand, nodeStand } from '../testing/stands.ts';
import { bounded, inTime } from './bounded.ts';
import { ServerModel } from './server-model.ts';
import { serverSteps } from './server-steps.ts';

test('whatever changes in a server, each member sees just what they may', async () => {
  await fc.assert(
    fc.asyncProperty(
      serverSteps,
      inTime((steps) => new ServerModel(fakeStand()).run(steps)),
    ),
    bounded(120),
  );
}, 600_000);

test('the same over real sockets and SQLite', async () => {
  const stand = await nodeStand();
  try {
    await fc.assert(
      fc.asyncProperty(
        serverSteps,
        inTime((steps) => new ServerModel(stand).run(steps)),
      ),
      bounded(6),
    );
  } finally {
    await stand.close();
  }
}, 600_000);
