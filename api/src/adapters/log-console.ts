import type { Facts, Log } from '../log.ts';

/** One JSON line an event on the console, which is where a Worker's log is read from. */
/** @param requestId of the request that a line is about, where that is known */
export function createConsoleLog(requestId: () => string | undefined): Log {
  const at = (level: 'error' | 'warn' | 'info' | 'debug') => (event: string, facts?: Facts) => {
    // oxlint-disable-next-line no-console -- The console is what this adapter is for.
    console[level](
      JSON.stringify({ level, event, requestId: requestId(), ...facts }, errorsAsText),
    );
  };
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}

/** An error has nothing that JSON would show. */
function errorsAsText(_: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return { message: value.message, stack: value.stack, cause: value.cause };
}
