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
