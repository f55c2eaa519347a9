import type { Role } from '@harmonium/api/role';

/** Highest first; @everyone, which stays the lowest, is not among them. */
export function rankedRoles(roles: readonly Role[], serverId: string): Role[] {
  return roles
    .filter(({ id }) => id !== serverId)
    .sort((one, other) => other.position - one.position || one.id.localeCompare(other.id));
}

/** The list with one thing taken out and put in elsewhere. */
export function movedTo<Item>(list: readonly Item[], from: number, to: number): Item[] {
  const [item] = list.slice(from, from + 1);
  if (item === undefined) return [...list];
  const rest = list.toSpliced(from, 1);
  return rest.toSpliced(to, 0, item);
}

/** The position that belongs to a place in the list: 0 is @everyone's, below the last. */
export function positionAt(place: number, count: number): number {
  return count - place;
}

/** Which place the pointer is nearest to. @param middles of the rows, from the top */
export function placeAt(y: number, middles: readonly number[], from: number): number {
  const above = middles.filter((middle, index) => index !== from && middle < y);
  return above.length;
}
