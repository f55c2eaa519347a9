/**
 * error: a person must act; warn: it recovered; info: one line per change of life; debug: the rest.
 * Facts are ids, counts and causes; never what was said, never tokens.
 */
export interface Log {
  error(event: string, facts?: Facts): void;
  warn(event: string, facts?: Facts): void;
  info(event: string, facts?: Facts): void;
  debug(event: string, facts?: Facts): void;
}
export type Facts = Record<string, unknown>;
