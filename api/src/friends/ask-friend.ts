import type { Snowflake } from '@harmonium/api/ids';
import type { AskFriend, Relationship } from '@harmonium/api/relationship';
import type { z } from 'zod';
import type { Core } from '../announce.ts';
import { Problem } from '../problem.ts';
import { nameKey } from '../users/name-key.ts';
import { hasMet, takesRequests, userByName } from './reach.ts';
import { relate } from './relate.ts';
import type { Pair } from './relate.ts';

/** Asks somebody by the whole of their name, or somebody whom the caller has met. */
export async function askByNameOrId(
  core: Core,
  callerId: Snowflake,
  body: z.output<typeof AskFriend>,
): Promise<Relationship> {
  if ('userId' in body) return askFriend(core, callerId, body.userId);
  const otherId = await userByName(core.database.db, nameKey(body.username));
  if (otherId === undefined) throw new Problem('not_found');
  return askFriend(core, callerId, otherId, { byName: true });
}

/** Asks, or accepts when the other has asked. Asked again it changes nothing. */
export async function askFriend(
  core: Core,
  callerId: Snowflake,
  otherId: Snowflake,
  { byName = false } = {},
): Promise<Relationship> {
  const since = new Date(core.now()).toISOString();
  return relate(core, callerId, otherId, async (pair) => {
    const { reach } = pair;
    if (!byName && !hasMet(reach)) throw new Problem('not_found');
    const kind = await ask(pair);
    return { user: reach.user, kind, since };
  });
}

async function ask(pair: Pair): Promise<'friend' | 'outgoing'> {
  const { mine, theirs } = pair.reach;
  if (mine === 'friend' || (mine === 'outgoing' && theirs !== 'outgoing')) return mine;
  if (mine === 'incoming' || theirs === 'outgoing') {
    await pair.mine('friend');
    await pair.theirs('friend');
    return 'friend';
  }
  if (!takesRequests(pair.reach)) throw new Problem('request_refused');
  await pair.requireRoom('outgoing');
  // Whoever is blocked sees what anyone sees whose request is left lying; the other hears nothing.
  if (theirs !== 'blocked') {
    if (!(await pair.hasRoom())) throw new Problem('request_refused');
    await pair.theirs('incoming');
  }
  await pair.mine('outgoing');
  return 'outgoing';
}
