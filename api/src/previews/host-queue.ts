/** Addresses asked at once, of all hosts; of one host it is one at a time. */
const AT_ONCE = 4;
/** Beyond these, previews are given up: a flood of links is worth no memory. */
const MAX_WAITING = 500;

interface Turn {
  host: string;
  run: () => Promise<void>;
}

/** Work that stands in a line for each host, and in one for all. */
export function createHostQueue() {
  const waiting: Turn[] = [];
  const busy = new Set<string>();

  function next(): void {
    while (busy.size < AT_ONCE) {
      const at = waiting.findIndex(({ host }) => !busy.has(host));
      const [turn] = at < 0 ? [] : waiting.splice(at, 1);
      if (turn === undefined) return;
      busy.add(turn.host);
      void turn.run().finally(() => {
        busy.delete(turn.host);
        next();
      });
    }
  }

  /** @returns what the work answers; undefined when too much is waiting already */
  return <Answer>(host: string, work: () => Promise<Answer>): Promise<Answer | undefined> => {
    if (waiting.length >= MAX_WAITING) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      waiting.push({ host, run: () => work().then(resolve, reject) });
      next();
    });
  };
}
