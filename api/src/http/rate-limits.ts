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
  'GET /api/invites/:code': { name: 'preview', count: 60, window: 60 },
  'POST /api/channels/:id/ticket': { name: 'ticket', count: 600, window: 60 },
  'POST /api/servers/:id/ticket': { name: 'ticket', count: 600, window: 60 },
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

/** For a limit by something else than the caller, as the name somebody tries to log in by. */
export async function countAgainst(deps: Deps, limit: RateLimit, who: string): Promise<void> {
  const counted = await count(deps, `rate:${limit.name}:${who}`, limit.window);
  if (counted === undefined || counted.count <= limit.count * deps.rateLimitScale) return;
  deps.meter.rateLimited(limit.name);
  throw new Problem('rate_limited', {
    retryAfter: Math.max(1, Math.ceil(counted.closesIn / 1000)),
  });
}

/** A cache that is away lifts the limits rather than the service. */
async function count(deps: Deps, key: string, window: number): Promise<Count | undefined> {
  try {
    return await deps.cache.increment(key, window);
  } catch (problem) {
    deps.log.warn('rate limits are off: cache does not answer', { error: problem });
    return undefined;
  }
}
