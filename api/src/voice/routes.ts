import type { Snowflake } from '@harmonium/api/ids';
import type { Core } from '../announce.ts';
import type { Handlers } from '../http/endpoint.ts';
import { moderateVoice } from './moderate-voice.ts';
import { takeOut } from './take-out.ts';

export function voiceRoutes(core: Core) {
  return {
    'PUT /api/servers/:id/voice/:uid': ({ params, body, caller }) =>
      moderateVoice(core, caller.userId, whom(params), body),
    'DELETE /api/servers/:id/voice/:uid': async ({ params, query, caller }) => {
      await takeOut(core, caller.userId, whom(params), query.reason);
      return undefined;
    },
  } satisfies Partial<Handlers>;
}

function whom({ id, uid }: { id: Snowflake; uid: Snowflake }) {
  return { serverId: id, userId: uid };
}
