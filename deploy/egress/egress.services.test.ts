import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const isRoot = process.getuid?.() === 0;
const reason = isRoot ? '' : ' (not run: only root makes a network of its own)';

test.skipIf(!isRoot)(
  `without any way out everything works, and nothing asks for one${reason}`,
  () => {
    const inside = join(import.meta.dirname, 'inside.ts');
    const parameters = ['--net', '--kill-child', process.execPath, inside];
    const { stdout, stderr } = spawnSync('unshare', parameters, {
      encoding: 'utf8',
      timeout: 110_000,
    });
    expect(stderr).toBe('');
    const told: unknown = JSON.parse(stdout);
    expect(told).toMatchObject({ messages: 60, quiet: 0, code: 0 });
    // The one thing that goes out is seen when it does: the look at what a message links to.
    expect(told).toMatchObject({
      withLink: expect.toSatisfy((count) => Number(count) > 0) as number,
    });
  },
  120_000,
);
