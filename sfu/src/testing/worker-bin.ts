import { prepareWorker } from '../../worker/prepare-worker.ts';

/** The real worker. Throws why when there is none: what could run must not be skipped in silence. */
export async function workerBin(): Promise<string> {
  const prepared = await prepareWorker({ log: () => undefined });
  if (!prepared.ok) throw new Error(prepared.reason);
  return prepared.bin;
}
