export type ClearAfter = 'never' | 'minutes' | 'hour' | 'hours' | 'today';

const HOUR_MS = 60 * 60 * 1000;

/** When something that is said for a while ends, milliseconds since the Unix epoch. */
export function clearMoment(after: ClearAfter, now: number): number | undefined {
  switch (after) {
    case 'never':
      return undefined;
    case 'minutes':
      return now + HOUR_MS / 2;
    case 'hour':
      return now + HOUR_MS;
    case 'hours':
      return now + 4 * HOUR_MS;
    case 'today':
      return new Date(now).setHours(24, 0, 0, 0);
  }
}
