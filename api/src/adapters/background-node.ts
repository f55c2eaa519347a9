/** Work that nobody waits for, until the process is to end. */
export interface Background {
  add(work: Promise<void>): void;
  /** Ends with what is under way, or after so many milliseconds. */
  settled(withinMs: number): Promise<void>;
}

export function createBackground(): Background {
  const running = new Set<Promise<void>>();
  return {
    add(work) {
      running.add(work);
      void work.finally(() => running.delete(work));
    },
    async settled(withinMs) {
      const deadline = performance.now() + withinMs;
      // What ends may begin something else.
      while (running.size > 0 && performance.now() < deadline) {
        await Promise.race([Promise.allSettled(running), pause(deadline - performance.now())]);
      }
    },
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, milliseconds)).unref();
  });
}
