const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `cleanUp` when the process is asked to end, and lets it end. The answer takes that back.
 * Without it a build that is interrupted would leave its files behind.
 */
export function onInterrupt(cleanUp: () => void): () => void {
  const forget = (): void => {
    for (const signal of SIGNALS) process.off(signal, interrupted);
  };
  const interrupted = (signal: NodeJS.Signals): void => {
    forget();
    cleanUp();
    // A listener, unlike the default, does not end the process: the last one passes the signal on.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  // What began last ends first: compilers before the folder they write to.
  for (const signal of SIGNALS) process.prependListener(signal, interrupted);
  return forget;
}
