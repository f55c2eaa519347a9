import { test } from 'vitest';
import type { Stand } from '../testing/stands.ts';
import { ServerModel } from './server-model.ts';
import { serverSteps, type Step } from './server-steps.ts';
import { holdsInMemory, holdsOnNode, PROPERTY_TIMEOUT_MS } from './property.ts';

const server = {
  steps: serverSteps,
  run: (stand: Stand, steps: Step[]) => new ServerModel(stand).run(steps),
};

test(
  'whatever changes in a server, each member sees just what they may',
  async () => {
    await holdsInMemory(server, 120);
  },
  PROPERTY_TIMEOUT_MS,
);

test(
  'the same over real sockets and SQLite',
  async () => {
    await holdsOnNode(server, 6);
  },
  PROPERTY_TIMEOUT_MS,
);
