import { expect, test } from 'vitest';

import { downloadWorker } from './download-worker.ts';
import type { RunCommand } from './run-command.ts';

const places = {
  packageDir: '/app/node_modules/mediasoup',
  installedBin: '/app/node_modules/mediasoup/worker/out/Release/mediasoup-worker',
  cachedBin: '/cache/mediasoup-worker',
  recipeDir: '/app/sfu/worker/recipe',
};

test("mediasoup's own install step only downloads, in bounded time", async () => {
  const calls: Parameters<RunCommand>[] = [];
  const run: RunCommand = async (...call) => {
    calls.push(call);
    return { code: 0, tail: [], missing: false };
  };
  const env = { PATH: '/bin', MEDIASOUP_WORKER_BIN: '/broken', MEDIASOUP_LOCAL_DEV: '1' };

  await downloadWorker(places, () => undefined, env, run);

  expect(calls).toEqual([
    [
      process.execPath,
      ['npm-scripts.mjs', 'postinstall'],
      { cwd: places.packageDir, env: { PATH: '/bin', PYTHON: 'false' }, limitMs: 60_000 },
    ],
  ]);
});

test('an operator who wants no download gets none', async () => {
  const env = { MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD: 'true' };

  await downloadWorker(
    places,
    () => expect.unreachable(),
    env,
    () => expect.unreachable(),
  );
});
