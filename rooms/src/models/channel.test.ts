import { test } from 'vitest';
import type { Stand } from '../testing/stands.ts';
import { ChannelModel } from './channel-model.ts';
import { channelSteps, type Step } from './channel-steps.ts';
import { holdsInMemory, holdsOnNode, PROPERTY_TIMEOUT_MS } from './property.ts';

const channel = {
  steps: channelSteps,
  run: (stand: Stand, steps: Step[]) => new ChannelModel(stand).run(steps),
};

test(
  'whatever happens to a channel, everyone sees the same and nothing is lost',
  async () => {
    await holdsInMemory(channel, 60);
  },
  PROPERTY_TIMEOUT_MS,
);

test(
  'the same over real sockets and SQLite',
  async () => {
    await holdsOnNode(channel, 6);
  },
  PROPERTY_TIMEOUT_MS,
);
