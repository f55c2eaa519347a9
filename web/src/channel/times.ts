import { t } from '../strings/strings.ts';

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const dayWithYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });

export const clockTime = (at: number | string): string => clock.format(new Date(at));
export const fullTime = (at: number | string): string => full.format(new Date(at));

/** The name of a day, as near to now as it is. */
export function dayName(at: number, now: number): string {
  const date = new Date(at);
  const today = new Date(now);
  if (date.toDateString() === today.toDateString()) return t('channel.today');
  today.setDate(today.getDate() - 1);
  if (date.toDateString() === today.toDateString()) return t('channel.yesterday');
  return date.getFullYear() === new Date(now).getFullYear()
    ? day.format(date)
    : dayWithYear.format(date);
}

/** A wait in the largest whole unit. */
export function waitName(seconds: number): string {
  if (seconds % 3600 === 0) return t('channel.hours', seconds / 3600);
  if (seconds % 60 === 0) return t('channel.minutes', seconds / 60);
  return t('channel.seconds', seconds);
}
