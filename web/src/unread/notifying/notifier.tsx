import { prepareNotifyItems } from '../notify-menu.tsx';
import { watchBadge } from '../watch-badge.ts';
import { watchArrivals } from './watch-arrivals.ts';

/** Draws nothing: it tells, in the tab and outside of it, of what is new. */
export function Notifier() {
  prepareNotifyItems();
  watchBadge();
  watchArrivals();
  return null;
}
