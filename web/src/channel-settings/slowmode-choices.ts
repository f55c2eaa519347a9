import { t } from '../strings/channel-settings.ts';

const STEPS = [0, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600];

/** Sensible waits, and the one that is set, if another. */
export function slowmodeChoices(current: number): { value: string; label: string }[] {
  const steps = STEPS.includes(current) ? STEPS : [...STEPS, current].sort((a, b) => a - b);
  return steps.map((seconds) => ({ value: String(seconds), label: nameOf(seconds) }));
}

function nameOf(seconds: number): string {
  if (seconds === 0) return t('channelSettings.slowmodeOff');
  if (seconds % 3600 === 0) return t('channelSettings.hours', seconds / 3600);
  if (seconds % 60 === 0) return t('channelSettings.minutes', seconds / 60);
  return t('channelSettings.seconds', seconds);
}
