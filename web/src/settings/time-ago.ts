const STEPS = [
  { unit: 'year', seconds: 365 * 86_400 },
  { unit: 'month', seconds: 30 * 86_400 },
  { unit: 'week', seconds: 7 * 86_400 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const;

/** `3 hours ago`; undefined for what was less than a minute ago. */
export function timeAgo(time: string, now: number, locale?: string): string | undefined {
  const seconds = (now - Date.parse(time)) / 1000;
  const step = STEPS.find((unit) => seconds >= unit.seconds);
  if (step === undefined) return undefined;
  const count = Math.floor(seconds / step.seconds);
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-count, step.unit);
}
