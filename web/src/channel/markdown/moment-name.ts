const FORMATS: Record<string, Intl.DateTimeFormat> = {
  t: new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }),
  T: new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }),
  d: new Intl.DateTimeFormat(undefined, { dateStyle: 'short' }),
  D: new Intl.DateTimeFormat(undefined, { dateStyle: 'long' }),
  f: new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' }),
  F: new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' }),
};

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
/** In milliseconds, largest first. */
const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** A moment in one of the styles that writers choose from; `R` says how far it is from now. */
export function momentName(at: number, style: string, now: number): string {
  if (style !== 'R') return (FORMATS[style] ?? FORMATS['f'])?.format(at) ?? '';
  const distance = at - now;
  const [unit, length] = UNITS.find(([, size]) => Math.abs(distance) >= size) ?? ['second', 1000];
  return relative.format(Math.round(distance / length), unit);
}
