import { channelAccess, serverAccess } from '../access.ts';
import type { Core } from '../announce.ts';
import { originOf } from '../http/client.ts';
import type { Handlers } from '../http/endpoint.ts';
import { findUser } from '../users/find-user.ts';
import { userOf } from '../users/user-of.ts';
import { issueChannelTicket, issueServerTicket, issueUserTicket } from './issue.ts';
import { issueTestTicket, issueVoiceTicket } from './voice.ts';

export function ticketRoutes(core: Core) {
  return {
    'POST /api/users/@me/ticket': async ({ caller, c }) => {
      const user = userOf(await findUser(core, caller.userId));
      return issueUserTicket(core, originOf(core, c), caller.sessionId, user);
    },
    'POST /api/servers/:id/ticket': async ({ params, caller, c }) => {
      const { me } = await serverAccess(core, caller.userId, params.id);
      return issueServerTicket(core, originOf(core, c), caller.sessionId, me);
    },
    'POST /api/channels/:id/ticket': async ({ params, caller, c }) => {
      const access = await channelAccess(core, caller.userId, params.id);
      return issueChannelTicket(core, originOf(core, c), caller.sessionId, access);
    },
    'POST /api/channels/:id/voice': ({ params, caller, c }) =>
      issueVoiceTicket(core, originOf(core, c), caller, params.id),
    'POST /api/voice/test': ({ caller, c }) => issueTestTicket(core, originOf(core, c), caller),
  } satisfies Partial<Handlers>;
}
