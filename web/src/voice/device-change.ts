import type { MediaDevice } from './devices.ts';

interface Seen {
  devices: readonly MediaDevice[];
  /** Empty: the system's own choice. */
  chosen: string;
  /** One is without a microphone, or with one that stopped working. */
  isWithout: boolean;
}

/** Whether the microphone is to be opened anew, now that other devices are there. */
export function wantsReopening(
  before: readonly MediaDevice[],
  { devices, chosen, isWithout }: Seen,
): boolean {
  const has = (list: readonly MediaDevice[], id: string) => list.some((one) => one.id === id);
  // Plugged in while one had none: any will do.
  if (isWithout) return devices.some((device) => !has(before, device.id));
  // The chosen one is back.
  if (chosen !== '') return has(devices, chosen) && !has(before, chosen);
  // Chromium lists the system's choice under its own id, with the device's name.
  const nameOf = (list: readonly MediaDevice[]) => list.find((one) => one.id === 'default')?.label;
  const was = nameOf(before);
  const is = nameOf(devices);
  return was !== undefined && is !== undefined && was !== '' && is !== '' && was !== is;
}
