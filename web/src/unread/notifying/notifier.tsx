import { NotifyItems } from '../notify-menu.ts';
import { watchBadge } from '../watch-badge.ts';
import { watchArrivals } from './watch-arrivals.ts';

/** Draws nothing: it tells, in the tab and outside of it, of what is new. */
export function Notifier() {
  NotifyItems.load();
  watchBadge();
  watchArrivals();
  return null;
}
