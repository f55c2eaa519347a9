import type { Party } from './publish.ts';

/** So many processes share the rooms of one box at most. */
export const MAX_PLACES = 64;

/**
 * The one place, from 0 to `places - 1`, where a room lives. Every place bids for every room, and the
 * highest bid has it (rendezvous hashing): with one place more it takes 1/(places + 1) of the rooms,
 * evenly from all, and no other room moves. Files lie where this said they should: it never changes.
 */
export function placeOf(party: Party, roomId: string, places: number): number {
  const room = fnv1a(`${party}/${roomId}`);
  let owner = 0;
  let highest = -1;
  for (let place = 0; place < places; place += 1) {
    const bid = mix(room ^ mix(place + 1));
    if (bid <= highest) continue;
    highest = bid;
    owner = place;
  }
  return owner;
}

/** FNV-1a, 32 bits, of ASCII. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

/** MurmurHash3's finalizer: each bit of the input turns each of the output with even odds. */
function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
