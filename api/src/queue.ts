import { Problem } from './problem.ts';

export type Queue = <T>(work: () => Promise<T>) => Promise<T>;

/** Does so much at a time, in the order asked for; throws `unavailable` to whom it would keep too long. */
export function createQueue(atOnce: number, maxWaiting: number): Queue {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= maxWaiting) throw new Problem('unavailable', { retryAfter: 5 });
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      // Whoever is next takes over the place.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
