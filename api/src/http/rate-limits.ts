import { endpoints } from '@harmonium/api/endpoints';
import type { Endpoint, EndpointKey } from '@harmonium/api/endpoints';
import type { Context } from 'hono';
import { addressOf } from './client.ts';
import type { Count } from '../cache.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import type { Caller } from '../sessions/access-token.ts';
import type { AppEnv } from './app-env.ts';

export interface RateLimit {
  /** Requests with the same name share a count. */
  name: string;
  count: number;
  /** Seconds. */
  window: number;
}

const READ: RateLimit = { name: 'read', count: 600, window: 60 };
const WRITE: RateLimit = { name: 'write', count: 120, window: 60 };
const OPEN: RateLimit = { name: 'open', count: 300, window: 60 };

/** Endpoints whose price differs from that of their kind. */
const OWN: Partial<Record<EndpointKey, RateLimit>> = {
  'POST /api/auth/register': { name: 'register', count: 20, window: 3600 },
  'POST /api/auth/login': { name: 'login', count: 20, window: 60 },
  'POST /api/auth/refresh': { name: 'refresh', count: 120, window: 60 },
  'POST /api/servers': { name: 'create-server', count: 20, window: 3600 },
  'POST /api/invites/:code': { name: 'join', count: 30, window: 60 },
  'POST /api/auth/verify-email': { name: 'mail-token', count: 30, window: 15 * 60 },
  'POST /api/auth/reset-password': { name: 'mail-token', count: 30, window: 15 * 60 },
  'POST /api/auth/forgot-password': { name: 'forgot', count: 10, window: 3600 },
  'POST /api/auth/resend-verification': { name: 'resend', count: 5, window: 3600 },
  'PUT /api/users/@me/avatar': { name: 'avatar', count: 20, window: 3600 },
  'GET /api/users/@me/export': { name: 'export', count: 5, window: 24 * 3600 },
  'GET /api/invites/:code': { name: 'preview', count: 60, window: 60 },
  'PUT /api/servers/:id/icon': { name: 'icon', count: 20, window: 3600 },
  // A set of them is added at once.
  'POST /api/servers/:id/emojis': { name: 'emoji', count: 200, window: 3600 },
  // A page of members shows hundreds at once, and many people may share an address.
  'GET /api/images/:kind/:id/:hash': { name: 'image', count: 3000, window: 60 },
  'POST /api/uploads': { name: 'upload', count: 120, window: 60 },
  'POST /api/uploads/:id/complete': { name: 'check-upload', count: 120, window: 60 },
  'DELETE /api/uploads/:id': { name: 'cancel-upload', count: 120, window: 60 },
  // It only reads.
  'POST /api/channels/:id/attachments': { name: 'attachments', count: 600, window: 60 },
  'POST /api/channels/:id/messages/bulk-delete': { name: 'bulk-delete', count: 30, window: 60 },
  'GET /api/servers/:id/search': { name: 'search', count: 60, window: 60 },
  'GET /api/channels/:id/search': { name: 'search', count: 60, window: 60 },
  'POST /api/users/@me/relationships': { name: 'ask-friend', count: 60, window: 3600 },
  'POST /api/users/@me/channels': { name: 'open-direct', count: 60, window: 600 },
  'POST /api/channels/:id/ticket': { name: 'ticket', count: 600, window: 60 },
  'POST /api/servers/:id/ticket': { name: 'ticket', count: 600, window: 60 },
  'POST /api/voice/test': { name: 'voice-test', count: 10, window: 60 },
  'POST /api/users/@me/ticket': { name: 'ticket', count: 600, window: 60 },
};

function limitOf(key: EndpointKey): RateLimit {
  const endpoint: Endpoint = endpoints[key];
  if (endpoint.caller !== 'user') return OWN[key] ?? OPEN;
  return OWN[key] ?? (key.startsWith('GET ') ? READ : WRITE);
}

/** Counts the request; throws `rate_limited` when there were too many. */
export async function limitRate(
  deps: Deps,
  key: EndpointKey,
  caller: Caller | undefined,
  c: Context<AppEnv>,
): Promise<void> {
  const endpoint: Endpoint = endpoints[key];
  if (endpoint.caller === 'service' || key === 'GET /health') return;
  const who = caller?.userId ?? addressOf(deps, c);
  await countAgainst(deps, limitOf(key), who);
}

/** For a limit by something else than the caller, as the account that somebody tries to enter. */
export async function countAgainst(deps: Deps, limit: RateLimit, who: string): Promise<void> {
  const counted = await attemptsOf(deps, `rate:${limit.name}:${who}`, limit.window);
  if (counted === undefined || counted.count <= limit.count * deps.rateLimitScale) return;
  throw tooMany(deps, limit.name, counted);
}

/** @param limit its name */
export function tooMany(deps: Deps, limit: string, { closesIn }: Count): Problem {
  deps.meter.rateLimited(limit);
  return new Problem('rate_limited', { retryAfter: Math.max(1, Math.ceil(closesIn / 1000)) });
}

/** Counts one more. A cache that is away lifts the limits rather than the service. */
export async function attemptsOf(
  deps: Deps,
  key: string,
  window: number,
): Promise<Count | undefined> {
  try {
    return await deps.cache.increment(key, window);
  } catch (problem) {
    deps.log.warn('rate limits are off: cache does not answer', { error: problem });
    return undefined;
  }
}

export async function forgetCount(deps: Deps, key: string): Promise<void> {
  try {
    await deps.cache.delete(key);
  } catch (problem) {
    deps.log.warn('a count was not cleared: cache does not answer', { error: problem });
  }
}
