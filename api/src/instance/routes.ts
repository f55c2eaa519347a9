import type { Snowflake } from '@harmonium/api/ids';
import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { Problem } from '../problem.ts';
import { findUser } from '../users/find-user.ts';
import { checkHealth } from './health.ts';

export function instanceRoutes(core: Core) {
  return {
    'GET /api/config': async () => {
      const [settings, trouble] = await Promise.all([core.settings.read(), core.sfus.trouble()]);
      const voice = { voice: trouble === undefined, voiceReason: trouble?.reason };
      const features = {
        linkPreviews: core.previews !== undefined,
        thumbnails: core.images.canScale,
      };
      return { ...core.instance, ...settings, ...voice, features };
    },
    'GET /api/instance': async ({ caller }) => {
      await requireOwner(core, caller.userId);
      return core.settings.read();
    },
    'PATCH /api/instance': async ({ body, caller }) => {
      await requireOwner(core, caller.userId);
      return core.settings.change(body);
    },
    'GET /health': async ({ c }) => {
      const health = await checkHealth(core);
      return health.status === 'ok' ? health : c.json(health, 503);
    },
  } satisfies Partial<Handlers>;
}

async function requireOwner(core: Core, userId: Snowflake): Promise<void> {
  const { instanceOwner } = await findUser(core, userId);
  if (!instanceOwner) throw new Problem('forbidden');
}
