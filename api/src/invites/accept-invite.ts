import type { Snowflake } from '@harmonium/api/ids';
import type { Server } from '@harmonium/api/server';
import type { Core } from '../announce.ts';
import { acceptIn, welcome } from './use-invite.ts';

export async function acceptInvite(core: Core, userId: Snowflake, code: string): Promise<Server> {
  const arrival = await core.database.db.transaction((tx) => acceptIn(core, tx, userId, code));
  return welcome(core, userId, arrival);
}
