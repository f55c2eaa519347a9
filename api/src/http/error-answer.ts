import { ERRORS } from '@harmonium/api/errors';
import type { ErrorBody } from '@harmonium/api/errors';
import type { Context } from 'hono';
import { isDatabaseAway, withoutParameters } from '../db/query-error.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import type { AppEnv } from './app-env.ts';

/** Seconds after which a database that was away may be back. */
const DATABASE_RETRY_S = 2;

type Needs = Pick<Deps, 'log' | 'meter'>;

/** Turns whatever was thrown into an error body; what is no refusal is logged here, once. */
export function answerError(deps: Needs, thrown: unknown, c: Context<AppEnv>): Response {
  const { log, meter } = deps;
  const requestId = c.get('requestId');
  const problem = problemOf(thrown);
  if (problem !== thrown) {
    const facts = { requestId, method: c.req.method, path: c.req.path };
    const error = withoutParameters(thrown);
    if (problem.code === 'unavailable') meter.queryFailed('away');
    else if (error !== thrown) meter.queryFailed('failed');
    if (problem.code === 'internal') log.error('request failed', { ...facts, error });
    else log.warn('request refused: database does not answer', { ...facts, error });
  }
  const { code, message, details, retryAfter } = problem;
  if (retryAfter !== undefined) c.header('retry-after', String(Math.ceil(retryAfter)));
  const body: ErrorBody = { error: { code, message, details, retryAfter, requestId } };
  return c.json(body, ERRORS[code].status);
}

function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (isDatabaseAway(thrown)) {
    return new Problem('unavailable', { cause: thrown, retryAfter: DATABASE_RETRY_S });
  }
  return new Problem('internal', { cause: thrown });
}
