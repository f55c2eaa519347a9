import type { Snowflake } from '@harmonium/api/ids';
import type { Core } from '../announce.ts';
import { tellSilence } from '../direct/tell-silence.ts';
import { Problem } from '../problem.ts';
import { relate } from './relate.ts';

/** Ends a friendship, takes back or refuses a request, or unblocks; `not_found` where is nothing. */
export async function endRelationship(
  core: Core,
  callerId: Snowflake,
  otherId: Snowflake,
): Promise<void> {
  const ended = await relate(core, callerId, otherId, async (pair) => {
    const { mine, theirs } = pair.reach;
    if (mine === null) throw new Problem('not_found');
    await pair.mine(null);
    // What the other thinks of the caller apart from that is theirs.
    const isShared = theirs !== null && theirs !== 'blocked' && mine !== 'blocked';
    if (isShared) await pair.theirs(null);
    return mine;
  });
  if (ended === 'blocked') await tellSilence(core, callerId, otherId);
}
