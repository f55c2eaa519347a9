import { ERRORS } from '@harmonium/api/errors';
import type { ErrorBody } from '@harmonium/api/errors';
import type { Context } from 'hono';
import { withoutParameters } from '../db/query-error.ts';
import type { Log } from '../log.ts';
import { Problem } from '../problem.ts';
import type { AppEnv } from './endpoint.ts';

/** Turns whatever was thrown into an error body; what is no refusal is a bug, and logged here, once. */
export function answerError(log: Log, thrown: unknown, c: Context<AppEnv>): Response {
  const requestId = c.get('requestId');
  const problem = thrown instanceof Problem ? thrown : new Problem('internal', { cause: thrown });
  if (problem.code === 'internal') {
    log.error('request failed', {
      requestId,
      method: c.req.method,
      path: c.req.path,
      error: withoutParameters(thrown),
    });
  }
  const { code, message, details, retryAfter } = problem;
  if (retryAfter !== undefined) c.header('retry-after', String(Math.ceil(retryAfter)));
  const body: ErrorBody = { error: { code, message, details, retryAfter, requestId } };
  return c.json(body, ERRORS[code].status);
}
