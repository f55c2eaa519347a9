import type { RequestParts } from '@harmonium/api/client';
import type { EndpointKey } from '@harmonium/api/endpoints';
import type { ErrorCode } from '@harmonium/api/errors';
import type { Permissions } from '@harmonium/api/permissions';
import { MEMBERS, PEOPLE, type Who } from './people.ts';
import type { Asked, Place } from './place.ts';

/** `yes`, or the code of the refusal. */
export type Outcome = 'yes' | ErrorCode;

/**
 * Whose it is that is asked for: everyone's, one's own, the services', the owner's of the instance;
 * that of a server's members, of those of them who may view its channels, or of a conversation.
 */
type Where = 'everyone' | 'account' | 'service' | 'instance' | 'server' | 'channels' | 'group';

/** One thing to try, and what decides about it. */
export interface RestCase<K extends EndpointKey = EndpointKey> {
  /** What is tried, where a route can be used for several things. */
  as?: string;
  where: Where;
  /** All of these are needed, in the channel where it is about one. */
  needs?: Permissions;
  /** The target has to be below whoever asks. */
  above?: true;
  /** What nobody but the owner of the server or group may. */
  ownerOnly?: true;
  asks: (place: Asked) => RequestParts<K>;
  /** What those are answered who may, where it is no success. */
  granted?: ErrorCode;
  /** What differs from the rules, each with its reason beside it. */
  except?: Partial<Record<Who, Outcome>>;
  /** What may be of another server as well. */
  mixes?: (keyof Place)[];
}

const isMember = (who: Who) => MEMBERS.some((member) => member === who);
const IN_GROUP = new Set<Who>(['owner', 'member', 'target']);
const NOT_ABOVE = new Set<Who>(['equal', 'lower', 'admin', 'target']);
const LACKING = new Set<Who>(['without', 'timedOut', 'target']);

/** What the rules of docs/permissions.md make of it. */
export function expected(one: Omit<RestCase, 'asks'>): Record<Who, Outcome> {
  const people = Object.keys(PEOPLE) as Who[];
  return Object.fromEntries(
    people.map((who) => [who, one.except?.[who] ?? decided(one, who)]),
  ) as Record<Who, Outcome>; // One for each.
}

function decided(one: Omit<RestCase, 'asks'>, who: Who): Outcome {
  const { where, needs = 0n, above, ownerOnly, granted = 'yes' } = one;
  if (where === 'everyone') return granted;
  if ((who === 'service') !== (where === 'service') || who === 'nobody') return 'unauthorized';
  if (where === 'service' || where === 'account') return granted;
  if (where === 'instance') return who === 'keeper' ? granted : 'forbidden';
  if (where === 'group' && !IN_GROUP.has(who)) return 'not_found';
  if (where !== 'group' && !isMember(who)) return 'not_found';
  if (where === 'channels' && who === 'shutOut') return 'not_found';
  if (who === 'owner') return granted;
  if (ownerOnly === true) return 'forbidden';
  if (above === true && NOT_ABOVE.has(who)) return 'forbidden';
  return needs !== 0n && LACKING.has(who) && where !== 'group' ? 'forbidden' : granted;
}
