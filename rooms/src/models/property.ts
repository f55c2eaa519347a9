import * as fc from 'fast-check';
import { expect } from 'vitest';
import { fakeStand, nodeStand, type Stand } from '../testing/stands.ts';
import { bounded, inTime } from './bounded.ts';

/** Time for one property where everything stands still; usually `inTime` ends it. */
export const PROPERTY_TIMEOUT_MS = 600_000;

interface Property<Steps> {
  steps: fc.Arbitrary<Steps>;
  /** Takes these steps, and throws where the rooms of the stand are wrong. */
  run: (stand: Stand, steps: Steps) => Promise<void>;
}

/** It holds of rooms in memory, each time of new ones. */
export async function holdsInMemory<Steps>(
  { steps, run }: Property<Steps>,
  runs: number,
): Promise<void> {
  const each = inTime((taken: Steps) => run(fakeStand(), taken));
  await fc.assert(fc.asyncProperty(steps, each), bounded(runs));
}

/** It holds of rooms over real sockets and SQLite, and none of them fails. */
export async function holdsOnNode<Steps>(
  { steps, run }: Property<Steps>,
  runs: number,
): Promise<void> {
  const stand = await nodeStand();
  try {
    const each = inTime((taken: Steps) => run(stand, taken));
    await fc.assert(fc.asyncProperty(steps, each), bounded(runs));
    expect(stand.bugs).toEqual([]);
  } finally {
    await stand.close();
  }
}
