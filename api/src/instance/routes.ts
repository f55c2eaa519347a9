import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { checkHealth } from './health.ts';

export function instanceRoutes(core: Core) {
  return {
    'GET /api/config': async () => {
      const trouble = await core.sfus.trouble();
      return { ...core.instance, voice: trouble === undefined, voiceReason: trouble?.reason };
    },
    'GET /health': async ({ c }) => {
      const health = await checkHealth(core);
      return health.status === 'ok' ? health : c.json(health, 503);
    },
  } satisfies Partial<Handlers>;
}
