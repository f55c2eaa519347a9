const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];
/** A moment short of a whole unit counts as one: what ends in 7 days does so a second later, too. */
const NEARLY = 0.05;
const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** A moment seen from now, in the largest whole unit: "in 3 days", "2 hours ago", "now". */
export function relativeTime(at: string | number, now: number): string {
  const distance = new Date(at).getTime() - now;
  const [unit, size] = STEPS.find(([, step]) => Math.abs(distance) >= step) ?? ['second', 0];
  if (size === 0) return words.format(0, 'second');
  return words.format(Math.trunc(distance / size + Math.sign(distance) * NEARLY), unit);
}

/** The same moment by calendar and clock. */
export const exactTime = (at: string | number): string => full.format(new Date(at));
