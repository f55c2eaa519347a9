const LIMIT_MS = 8_000;

function times(): number {
  return Number(process.env['MODEL_RUNS'] ?? 1);
}

/**
 * Bounds of one property. `MODEL_RUNS=20` looks twenty times as long; `MODEL_SEED` and `MODEL_PATH`
 * run again what a failure names.
 */
export function bounded(runs: number) {
  const { MODEL_SEED, MODEL_PATH } = process.env;
  return {
    numRuns: runs * times(),
    ...(MODEL_SEED === undefined ? {} : { seed: Number(MODEL_SEED) }),
    ...(MODEL_PATH === undefined ? {} : { path: MODEL_PATH }),
  };
}

/** On a slow machine the runs that are left are skipped, and so is the shrinking of a failure. */
export function inTime<T>(work: (value: T) => Promise<void>): (value: T) => Promise<void> {
  const until = performance.now() + LIMIT_MS * times();
  return async (value) => {
    if (performance.now() < until) await work(value);
  };
}
