/** What a process under measurement has used. */
export interface Usage {
  cpuSeconds: number;
  residentBytes: number;
  heapBytes: number;
  /** Calls that a rooms process made to api. */
  apiCalls: number;
}

/** Tells the parent where to connect, and from then on what was used, whenever it asks. */
export function answerUsage(port: number, apiCalls: () => number = () => 0): void {
  process.on('message', (question) => {
    if (question === 'held') globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed, external } = process.memoryUsage();
    process.send?.({
      cpuSeconds: (user + system) / 1e6,
      residentBytes: rss,
      heapBytes: heapUsed + external,
      apiCalls: apiCalls(),
    } satisfies Usage);
  });
  // Never outlive the one that measures.
  process.on('disconnect', () => process.exit());
  process.send?.({ port });
}
