/** @param share 0 to 1; 0.5 is the median */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The median of each key, over several runs. */
export function medians<Key extends string>(
  runs: readonly Record<Key, number>[],
): Record<Key, number> {
  const [first] = runs;
  if (first === undefined) throw new RangeError('The median of no runs.');
  const keys = Object.keys(first) as Key[]; // They have no others.
  const entries = keys.map((key) => [key, median(runs.map((run) => run[key]))]);
  return Object.fromEntries(entries) as Record<Key, number>;
}
