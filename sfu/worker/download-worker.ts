import { runCommand, type RunCommand } from './run-command.ts';
import type { WorkerPlaces } from './worker-places.ts';

const LIMIT_MS = 60_000;

/**
 * Lets mediasoup's own install step fetch the binary that mediasoup publishes for this kind of
 * machine. Whether it did shows in `places.installedBin`.
 */
export async function downloadWorker(
  places: WorkerPlaces,
  log: (line: string) => void,
  env: NodeJS.ProcessEnv = process.env,
  run: RunCommand = runCommand,
): Promise<void> {
  if (env['MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD']) return;

  log('Fetching the voice worker that mediasoup publishes for this kind of machine…');
  const outcome = await run(process.execPath, ['npm-scripts.mjs', 'postinstall'], {
    cwd: places.packageDir,
    env: downloadOnly(env),
    limitMs: LIMIT_MS,
  });
  if (outcome.code !== 0) log('It cannot be fetched from here.');
}

/** With no Python it stops after a failed download instead of starting a build of its own. */
function downloadOnly(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  // Given a binary, even one that does not work, it would do nothing.
  const { MEDIASOUP_WORKER_BIN: _bin, MEDIASOUP_LOCAL_DEV: _dev, ...rest } = env;
  return { ...rest, PYTHON: 'false' };
}
