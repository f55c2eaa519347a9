import { RESUME_TICKET_TTL_S } from '@harmonium/api/ticket';

/** A minute over the longest ticket, for clocks that differ. */
const KEEP_S = RESUME_TICKET_TTL_S + 60;
/**
 * So many are kept however old they seem: a clock that jumped ahead and is set right again makes old
 * tickets valid, and what holds against them must still be there.
 */
export const KEPT_ANYWAY = 200;

/** Keys of what holds against tickets that have all ended (`at`: Unix time in seconds). */
export function outlived(kept: ReadonlyMap<string, { at: number }>, now: number): string[] {
  const spare = kept.size - KEPT_ANYWAY;
  if (spare <= 0) return [];
  const oldest = now / 1000 - KEEP_S;
  return [...kept]
    .filter(([, { at }]) => at < oldest)
    .sort(([, one], [, other]) => one.at - other.at)
    .slice(0, spare)
    .map(([key]) => key);
}
