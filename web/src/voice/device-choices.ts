import type { MediaDevice } from './devices.ts';

/** A remembered device that is unplugged shows as the system's choice, which is what is used. */
export function presentDevice(devices: readonly MediaDevice[], id: string): string {
  return devices.some((device) => device.id === id) ? id : '';
}

export function deviceChoices(devices: readonly MediaDevice[], systemDefault: string) {
  return [
    { value: '', label: systemDefault },
    // Chromium lists the system's own choice once more.
    ...devices
      .filter((device) => device.label !== '' && device.id !== 'default')
      .map((device) => ({ value: device.id, label: device.label })),
  ];
}
