import type { Core } from '../announce.ts';
import { originOf } from '../http/client.ts';
import type { Handlers } from '../http/endpoint.ts';
import { createServer } from './create-server.ts';
import { deleteServer } from './delete-server.ts';
import { editServer } from './edit-server.ts';
import { handOver } from './hand-over.ts';
import { viewServer } from './view-server.ts';

export function serverRoutes(core: Core) {
  return {
    'POST /api/servers': async ({ body, caller, c }) => {
      const server = await createServer(core, caller.userId, body.name);
      return viewServer(core, originOf(core, c), caller, server.id);
    },
    'GET /api/servers/:id': ({ params, caller, c }) =>
      viewServer(core, originOf(core, c), caller, params.id),
    'PATCH /api/servers/:id': ({ params, body, caller }) =>
      editServer(core, caller.userId, params.id, body),
    'POST /api/servers/:id/owner': ({ params, body, caller }) =>
      handOver(core, caller.userId, params.id, body.userId),
    'DELETE /api/servers/:id': async ({ params, caller }) => {
      await deleteServer(core, caller.userId, params.id);
      return undefined;
    },
  } satisfies Partial<Handlers>;
}
