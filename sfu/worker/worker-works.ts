import { runCommand } from './run-command.ts';

const NO_PARENT_EXIT_CODE = 41;
const LIMIT_MS = 10_000;

/**
 * Whether this binary runs here. The worker exits with 41 when its environment lacks what
 * mediasoup sets; any other end means another processor, missing libraries or no worker at all.
 */
export async function workerWorks(bin: string): Promise<boolean> {
  const { code } = await runCommand(bin, [], { env: {}, limitMs: LIMIT_MS });
  return code === NO_PARENT_EXIT_CODE;
}
