const LIMIT_MS = 8_000;

/**
 * Bounds of one property. `MODEL_RUNS=20` looks twenty times as long; `MODEL_SEED` and `MODEL_PATH`
 * run again what a failure names.
 */
export function bounded(runs: number) {
  const { MODEL_RUNS, MODEL_SEED, MODEL_PATH } = process.env;
  const times = Number(MODEL_RUNS ?? 1);
  return {
    numRuns: runs * times,
    interruptAfterTimeLimit: LIMIT_MS * times,
    ...(MODEL_SEED === undefined ? {} : { seed: Number(MODEL_SEED) }),
    ...(MODEL_PATH === undefined ? {} : { path: MODEL_PATH }),
  };
}
