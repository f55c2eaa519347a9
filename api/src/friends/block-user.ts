import type { Snowflake } from '@harmonium/api/ids';
import type { Relationship } from '@harmonium/api/relationship';
import type { Core } from '../announce.ts';
import { tellSilence } from '../direct/tell-silence.ts';
import { Problem } from '../problem.ts';
import { hasMet } from './reach.ts';
import { relate } from './relate.ts';

/** Ends whatever was between the two. The other sees at most that a friendship or a request ended. */
export async function blockUser(
  core: Core,
  callerId: Snowflake,
  otherId: Snowflake,
): Promise<Relationship> {
  const since = new Date(core.now()).toISOString();
  const relationship = await relate<Relationship>(core, callerId, otherId, async (pair) => {
    const { user, mine, theirs } = pair.reach;
    if (!hasMet(pair.reach)) throw new Problem('not_found');
    if (mine === null) await pair.requireRoom('blocked');
    await pair.mine('blocked');
    // An own request stays to be seen by them: that it goes nowhere is nothing they are told.
    if (theirs === 'friend' || theirs === 'incoming') await pair.theirs(null);
    return { user, kind: 'blocked', since };
  });
  await tellSilence(core, callerId, otherId);
  return relationship;
}
