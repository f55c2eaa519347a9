import type { Log } from '../host.ts';

/** One JSON line each, which is what the edge collects. */
export const consoleLog: Log = {
  debug() {},
  info: (fields, message) => write('info', fields, message),
  warn: (fields, message) => write('warn', fields, message),
  error: (fields, message) => write('error', fields, message),
};

function write(level: 'info' | 'warn' | 'error', fields: object, message: string): void {
  const shown = Object.entries(fields).map(([name, value]): [string, unknown] => [
    name,
    // With what it says beside its words: of which request it was.
    value instanceof Error ? Object.assign({ stack: value.stack }, value) : value,
  ]);
  // oxlint-disable-next-line no-console -- The edge has no other log.
  console[level](JSON.stringify({ level, message, ...Object.fromEntries(shown) }));
}
