import { expect, test } from 'vitest';

import { DEBIAN_PACKAGES, ensureDebianPackages, type Machine } from './debian-packages.ts';

const MISSING = ['ninja-build', 'libsrtp2-dev'];

/** A Debian that lacks two packages; `apt` answers each apt-get with an exit code. */
function debian(isRoot: boolean, apt: (args: string[]) => number): Machine {
  return {
    isRoot,
    run: async (command, args, options) => {
      if (command === 'apt-get') return { code: apt(args), tail: ['E: no'], missing: false };
      for (const name of DEBIAN_PACKAGES) {
        if (!MISSING.includes(name)) options.onLine?.(`${name} installed`);
      }
      options.onLine?.('libsrtp2-dev config-files');
      return { code: 1, tail: [], missing: false };
    },
  };
}

const log = (): void => undefined;

test('root installs what is missing, and only that, and says so', async () => {
  const said: string[] = [];
  const calls: string[][] = [];
  const machine = debian(true, (args) => (calls.push(args), 0));

  const outcome = await ensureDebianPackages((line) => said.push(line), machine);

  expect(outcome).toEqual({ installed: MISSING });
  expect(calls).toHaveLength(1);
  expect(calls[0]?.slice(-2)).toEqual(MISSING);
  expect(said.join('\n')).toContain('apt-get install ninja-build libsrtp2-dev');
});

test('on a fresh image the package lists are fetched first', async () => {
  const calls: string[] = [];
  const machine = debian(true, ([verb = '']) => {
    calls.push(verb);
    return verb === 'install' && !calls.includes('update') ? 100 : 0;
  });

  expect(await ensureDebianPackages(log, machine)).toEqual({ installed: MISSING });
  expect(calls).toEqual(['install', 'update', 'install']);
});

test('somebody who is not root is given the command', async () => {
  const machine = debian(false, () => expect.unreachable());

  expect(await ensureDebianPackages(log, machine)).toEqual({
    reason: 'To build the voice worker, this machine lacks: ninja-build, libsrtp2-dev.',
    mend: 'sudo apt-get install -y --no-install-recommends ninja-build libsrtp2-dev && npx node sfu/worker/main.ts',
  });
});

test('when apt-get fails, its last lines and the command are told', async () => {
  const said: string[] = [];

  const outcome = await ensureDebianPackages(
    (line) => said.push(line),
    debian(true, () => 100),
  );

  expect(outcome).toMatchObject({ mend: expect.stringContaining('apt-get update && apt-get') });
  expect(said).toContain('  E: no');
});

test('where there is no dpkg, the build itself shows what is missing', async () => {
  const run: Machine['run'] = async () => ({ code: null, tail: [], missing: true });

  expect(await ensureDebianPackages(log, { isRoot: true, run })).toEqual({ installed: [] });
});
