import type { Snowflake } from '@harmonium/api/ids';
import { Snowflake as SnowflakeSchema } from '@harmonium/api/ids';
import { serverChannelAccess } from '../access.ts';
import type { ServerChannelAccess } from '../access.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import type { Transaction } from '../servers/structure.ts';

interface Whom {
  serverId: Snowflake;
  userId: Snowflake;
}

/** The channel of the server in whose call the user is. */
export async function findPlace(
  { sfus }: Pick<Deps, 'sfus'>,
  { serverId, userId }: Whom,
): Promise<Snowflake | undefined> {
  try {
    const [place] = await sfus.places({ serverId, userIds: [userId] });
    return place && SnowflakeSchema.parse(place.channelId);
  } catch (cause) {
    throw new Problem('voice_unavailable', { cause });
  }
}

/** That channel as the caller sees it; undefined where they may not view it. */
export async function seenBy(
  core: Pick<Deps, 'now'>,
  tx: Transaction,
  callerId: Snowflake,
  channelId: Snowflake | undefined,
): Promise<ServerChannelAccess | undefined> {
  if (channelId === undefined) return undefined;
  try {
    return await serverChannelAccess({ now: core.now, database: { db: tx } }, callerId, channelId);
  } catch (problem) {
    if (problem instanceof Problem && problem.code === 'not_found') return undefined;
    throw problem;
  }
}

export function notInACall(): Problem {
  return new Problem('bad_request', { message: 'They are in no call.' });
}
