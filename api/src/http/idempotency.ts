import type { Endpoint, EndpointKey } from '@harmonium/api/endpoints';
import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Context } from 'hono';
import { withoutParameters } from '../db/query-error.ts';
import { idempotencyKeys } from '../db/schema.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { sha256 } from '../sha-256.ts';
import type { Caller } from '../sessions/access-token.ts';
import type { AppEnv } from './app-env.ts';

/** Printable ASCII, as the draft standard has it. */
const KEY = /^[\x20-\x7e]{1,128}$/;
/** A request whose process died is taken over after this long, in milliseconds. */
const ABANDONED_MS = 60_000;
const KEPT_MS = 24 * 60 * 60 * 1000;

interface Request {
  key: EndpointKey;
  endpoint: Endpoint;
  caller: Caller | undefined;
  text: string;
  c: Context<AppEnv>;
}

/**
 * Answers a request that carries an `Idempotency-Key` once: a repeated one gets the stored answer.
 * Only a logged-in user's changes are kept: answers to a log-in hold tokens, tickets are made anew,
 * and what services say is idempotent by itself. A failure is not kept, so it can be tried again.
 */
export async function answerOnce(
  deps: Deps,
  request: Request,
  answer: () => Promise<Response>,
): Promise<Response> {
  const { key, caller, c } = request;
  const name = c.req.header('idempotency-key');
  if (name === undefined || caller === undefined || key.startsWith('GET ')) return answer();
  if (key.endsWith('/ticket') || key.endsWith('/voice')) return answer();
  if (request.endpoint.secret === true) return answer();
  if (!KEY.test(name)) throw new Problem('bad_request', { message: 'Bad Idempotency-Key.' });

  const own = and(eq(idempotencyKeys.userId, caller.userId), eq(idempotencyKeys.key, name));
  const stored = await claim(deps, caller, name, await fingerprint(request));
  if (stored !== undefined) return stored;
  let response: Response;
  try {
    response = await answer();
  } catch (problem) {
    await deps.database.db.delete(idempotencyKeys).where(own);
    throw problem;
  }
  const kept = { status: response.status, answer: await response.clone().text() };
  try {
    await deps.database.db.update(idempotencyKeys).set(kept).where(own);
  } catch (error) {
    // It is done, and has to be told so.
    deps.log.warn('an answer was not kept', { error: withoutParameters(error) });
  }
  return response;
}

/** Undefined when the request is ours to do; else the answer it already had. */
async function claim(
  deps: Deps,
  caller: Caller,
  name: string,
  request: string,
): Promise<Response | undefined> {
  const { db } = deps.database;
  const now = new Date(deps.now());
  const row = { userId: caller.userId, key: name, request, createdAt: now };
  const own = and(eq(idempotencyKeys.userId, caller.userId), eq(idempotencyKeys.key, name));
  await db
    .delete(idempotencyKeys)
    .where(and(own, lt(idempotencyKeys.createdAt, new Date(deps.now() - KEPT_MS))));
  const [claimed] = await db.insert(idempotencyKeys).values(row).onConflictDoNothing().returning();
  if (claimed !== undefined) return undefined;

  const [known] = await db.select().from(idempotencyKeys).where(own);
  if (known !== undefined && known.request !== request) throw new Problem('idempotency_mismatch');
  if (known !== undefined && known.status !== null) {
    const headers = { 'content-type': 'application/json', 'idempotency-replayed': 'true' };
    const hasBody = known.status !== 204;
    return new Response(hasBody ? known.answer : null, { status: known.status, headers });
  }
  const abandoned = new Date(deps.now() - ABANDONED_MS);
  const [taken] = await db
    .update(idempotencyKeys)
    .set({ createdAt: now })
    .where(and(own, isNull(idempotencyKeys.status), lt(idempotencyKeys.createdAt, abandoned)))
    .returning();
  if (taken !== undefined) return undefined;
  throw new Problem('unavailable', {
    message: 'The first request with this Idempotency-Key is still under way.',
    retryAfter: 1,
  });
}

async function fingerprint({ c, text }: Request): Promise<string> {
  const { search } = new URL(c.req.url);
  return sha256(new TextEncoder().encode(`${c.req.method} ${c.req.path}${search}\n${text}`));
}

/** Forgets answers that nobody asks for any more. */
export async function forgetOldAnswers(deps: Pick<Deps, 'database' | 'now'>): Promise<void> {
  await deps.database.db
    .delete(idempotencyKeys)
    .where(lt(idempotencyKeys.createdAt, new Date(deps.now() - KEPT_MS)));
}
