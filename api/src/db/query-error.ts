import { DrizzleQueryError } from 'drizzle-orm';

/**
 * An error fit for a log: a failed query tells its parameters, and those are what people wrote and
 * who they are. What is left is what the database said, by its code, and the statement.
 */
export function withoutParameters(thrown: unknown): unknown {
  if (!(thrown instanceof DrizzleQueryError)) return thrown;
  const { cause, query, stack } = thrown;
  const code = cause !== undefined && 'code' in cause ? String(cause.code) : 'no code';
  const error = new Error(`query failed (${code}): ${query}`);
  // The first line of a stack is the message, which we are here to keep out.
  error.stack = stack?.slice(stack.indexOf('\n    at '));
  return error;
}

/** SQLSTATE classes of lost connections, of a shutdown and of too many connections; network errors. */
const AWAY_CODES = /^(08|53300|57P0)|^E(CONN|TIMEDOUT|PIPE|HOST|NET|AI_AGAIN)/;
/** What the pool says without a code. */
const AWAY_WORDS =
  /connection terminated|timeout exceeded when trying to connect|connection ended/i;
const MAX_CAUSES = 5;

/** True when the database could not be reached, so that trying again later can help. */
export function isDatabaseAway(thrown: unknown): boolean {
  let error = thrown;
  for (let depth = 0; depth < MAX_CAUSES && error instanceof Error; depth += 1) {
    if ('code' in error && AWAY_CODES.test(String(error.code))) return true;
    if (AWAY_WORDS.test(error.message)) return true;
    error = error.cause;
  }
  return false;
}
