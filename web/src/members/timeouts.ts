import { t } from '../strings/people.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long somebody can be timed out for. */
export const TIMEOUTS = [
  { words: () => t('people.minute'), milliseconds: MINUTE_MS },
  { words: () => t('people.minutes5'), milliseconds: 5 * MINUTE_MS },
  { words: () => t('people.minutes10'), milliseconds: 10 * MINUTE_MS },
  { words: () => t('people.hour'), milliseconds: HOUR_MS },
  { words: () => t('people.day'), milliseconds: DAY_MS },
  { words: () => t('people.week'), milliseconds: 7 * DAY_MS },
] as const;
