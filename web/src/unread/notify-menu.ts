import { late } from '../design/late.tsx';

/** What of a menu concerns reading; loads with what comes after the first screen. */
export const NotifyItems = late(async () => (await import('./notify-items.tsx')).NotifyItems);
