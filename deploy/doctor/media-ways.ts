import { randomBytes } from 'node:crypto';
import { wordsOf } from './finding.ts';
import { openLine } from './stun/line.ts';
import { number32 } from './stun/message.ts';
import type { Offer } from './test-call.ts';

type Candidate = Offer['iceCandidates'][number];

/** One address and port of a voice worker, by one protocol. */
export interface MediaWay extends Candidate {
  /** Why nothing comes back from there, in words; undefined: the worker answers. */
  trouble: string | undefined;
}

/** All that browsers are told of, each tried with what they send first. */
export function tryMediaWays(offers: readonly Offer[]): Promise<MediaWay[]> {
  const ways = offers.flatMap((offer) =>
    offer.iceCandidates.map(async (candidate) => ({
      ...candidate,
      trouble: await troubleOf(candidate, offer.iceParameters),
    })),
  );
  return Promise.all(ways);
}

async function troubleOf(
  { protocol, address, port }: Candidate,
  { usernameFragment, password }: Offer['iceParameters'],
): Promise<string | undefined> {
  const key = Buffer.from(password);
  try {
    const line = await openLine({ protocol, host: address, port, isIce: true });
    try {
      // A check of ICE, as the one who leads it (RFC 8445, section 7.2.2).
      const answer = await line.ask({
        method: 'binding',
        attributes: [
          ['username', Buffer.from(`${usernameFragment}:doctor`)],
          ['priority', number32(1)],
          ['controlling', randomBytes(8)],
        ],
        key,
      });
      const isOurs = answer.kind === 'success' && answer.isSealedWith(key);
      return isOurs ? undefined : 'something else answers there';
    } finally {
      line.close();
    }
  } catch (error) {
    return wordsOf(error);
  }
}
