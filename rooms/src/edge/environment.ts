import { createServiceTokens, type ServiceTokens } from '@harmonium/api/service-token';
import { createTicketKeys } from '@harmonium/api/ticket';
import { z } from 'zod';
import type { RoomDeps } from '../deps.ts';
import { noMeter } from '../meter.ts';
import { createRoomsApi } from '../rooms-api.ts';

const Environment = z.object({
  JWT_SECRET: z.string().min(16),
  API_URL: z.url(),
  RATE_LIMIT_SCALE: z.coerce.number().positive().default(1),
});

/** What rooms reach on the edge, from the variables of the project. */
export function edgeDeps(env: Record<string, unknown>): { deps: RoomDeps; tokens: ServiceTokens } {
  const { JWT_SECRET, API_URL, RATE_LIMIT_SCALE } = Environment.parse(env);
  const tokens = createServiceTokens(JWT_SECRET);
  const api = createRoomsApi({ baseUrl: API_URL, fetch: edgeFetch, tokens });
  const tickets = createTicketKeys(JWT_SECRET);
  const rateLimitScale = RATE_LIMIT_SCALE;
  const deps = { tickets, api, rateLimitScale, random: Math.random, meter: noMeter };
  return { tokens, deps };
}

/** workerd knows no cookies, and refuses to be asked about them. */
export function edgeFetch(url: string, init: RequestInit): Promise<Response> {
  const { credentials: _, ...rest } = init;
  return fetch(url, rest);
}
