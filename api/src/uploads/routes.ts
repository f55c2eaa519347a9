import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { createQueue } from '../queue.ts';
import { readAddresses } from './attachment-addresses.ts';
import { cancelUpload } from './cancel-upload.ts';
import { completeUpload } from './complete-upload.ts';
import { createUpload } from './create-upload.ts';

/** Looked at together: of each, all may be in memory. */
const CHECKS_AT_ONCE = 4;
const MAX_CHECKS_WAITING = 200;

export function uploadRoutes(core: Core) {
  const inTurn = createQueue(CHECKS_AT_ONCE, MAX_CHECKS_WAITING);
  return {
    'POST /api/uploads': ({ body, caller }) => createUpload(core, caller.userId, body),
    'POST /api/uploads/:id/complete': ({ params, caller }) =>
      inTurn(() => completeUpload(core, caller.userId, params.id)),
    'DELETE /api/uploads/:id': async ({ params, caller }) => {
      await cancelUpload(core, caller.userId, params.id);
      return undefined;
    },
    'POST /api/channels/:id/attachments': ({ params, body, caller }) =>
      readAddresses(core, caller.userId, params.id, body.ids),
  } satisfies Partial<Handlers>;
}
