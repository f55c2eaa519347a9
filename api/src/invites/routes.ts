import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { acceptInvite } from './accept-invite.ts';
import { createInvite } from './create-invite.ts';
import { listInvites } from './list-invites.ts';
import { previewInvite } from './preview-invite.ts';
import { revokeInvite } from './revoke-invite.ts';

export function inviteRoutes(core: Core) {
  return {
    'POST /api/servers/:id/invites': ({ params, body, caller }) =>
      createInvite(core, caller.userId, params.id, body),
    'GET /api/servers/:id/invites': ({ params, caller }) =>
      listInvites(core, caller.userId, params.id),
    'GET /api/invites/:code': ({ params }) => previewInvite(core, params.code),
    'POST /api/invites/:code': ({ params, caller }) =>
      acceptInvite(core, caller.userId, params.code),
    'DELETE /api/invites/:code': async ({ params, caller }) => {
      await revokeInvite(core, caller.userId, params.code);
      return undefined;
    },
  } satisfies Partial<Handlers>;
}
