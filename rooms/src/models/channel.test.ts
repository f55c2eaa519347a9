import { expect, test } from 'vitest';
import { bounded, inTime } from './bounded.ts';
import { ChannelModel } from './channel-model.ts';
import { channelSteps } from './channel-steps.ts';
import { fakeStand, nodeStand } from '../testing/stands.ts';
import * as fc from 'fast-check';

test('whatever happens to a channel, everyone sees the same and nothing is lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      channelSteps,
      inTime((steps) => new ChannelModel(fakeStand()).run(steps)),
    ),
    bounded(60),
  );
}, 600_000);

test('the same over real sockets and SQLite', async () => {
  const stand = await nodeStand();
  try {
    await fc.assert(
      fc.asyncProperty(
        channelSteps,
        inTime((steps) => new ChannelModel(stand).run(steps)),
      ),
      bounded(6),
    );
    expect(stand.bugs).toEqual([]);
  } finally {
    await stand.close();
  }
}, 600_000);
