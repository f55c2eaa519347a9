import { t } from '../strings/unread.ts';

/** As `MUTED_FOR_GOOD` of the contract, without its schemas. */
const FOR_GOOD = '9999-01-01T00:00:00.000Z';
const MINUTE_MS = 60_000;

/** For how long something can be muted, in the order in which it is offered. */
export const MUTE_CHOICES: readonly { name: string; ms: number | undefined }[] = [
  { name: t('unread.for15Minutes'), ms: 15 * MINUTE_MS },
  { name: t('unread.for1Hour'), ms: 60 * MINUTE_MS },
  { name: t('unread.for8Hours'), ms: 8 * 60 * MINUTE_MS },
  { name: t('unread.for24Hours'), ms: 24 * 60 * MINUTE_MS },
  { name: t('unread.forGood'), ms: undefined },
];

export function muteEnd(ms: number | undefined, now: number): string {
  return ms === undefined ? FOR_GOOD : new Date(now + ms).toISOString();
}

/** Until when, as a sentence. */
export function mutedWords(until: string, now: number): string {
  const end = new Date(until);
  if (end.getFullYear() >= 9999) return t('unread.mutedForGood');
  const isToday = end.toDateString() === new Date(now).toDateString();
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  const when = isToday
    ? end.toLocaleTimeString([], time)
    : end.toLocaleString([], { weekday: 'short', ...time });
  return t('unread.mutedUntil', when);
}
