import { beforeAll, describe, expect, test } from 'vitest';
import { faults } from './faults.ts';
import { runFault } from './run-fault.ts';
import { installWebSocket } from './web-socket.ts';

const SAYINGS = 1_000;
const NOTHING = { lost: [], doubled: [], disordered: [], gaps: [], altered: [] };

/** The quick ones, in short; `npm run test:chaos` is the whole. */
describe('nothing is lost, doubled or out of order', () => {
  beforeAll(installWebSocket);

  for (const fault of faults) {
    const { shortSeconds: seconds, what, hindrance } = fault;
    if (seconds === undefined) continue;
    const reason = hindrance?.();
    const remark = reason === undefined ? '' : ` (not run, as ${reason})`;
    test.skipIf(reason !== undefined)(`${what}${remark}`, async () => {
      const outcome = await runFault(fault, { sayings: SAYINGS, seconds });
      expect(outcome.findings).toEqual(NOTHING);
      expect(outcome.troubles).toEqual([]);
      expect(outcome.sayings).toBe(SAYINGS);
    });
  }
});
