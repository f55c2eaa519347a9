import { createSignal } from 'solid-js';

/** How this browser tells of what is new. */
export interface NotifyPreferences {
  /** Notifications of the system, as far as the browser allows them. */
  desktop: boolean;
  sound: boolean;
  /** From 0 to 1. */
  volume: number;
  /** What was said is in the notification, and not only who said it. */
  preview: boolean;
  /** Whoever was asked whether they want notifications is not asked again. */
  asked: boolean;
}

const KEY = 'harmonium.notifications';
const USUAL: NotifyPreferences = {
  desktop: true,
  sound: true,
  volume: 0.5,
  preview: true,
  asked: false,
};

export function createPreferences(storage: Storage) {
  const [preferences, setPreferences] = createSignal(read(storage));
  return {
    all: preferences,
    choose(change: Partial<NotifyPreferences>): void {
      setPreferences({ ...preferences(), ...change });
      storage.setItem(KEY, JSON.stringify(preferences()));
    },
    /** Another tab has chosen. */
    refresh: () => setPreferences(read(storage)),
  };
}

function read(storage: Storage): NotifyPreferences {
  try {
    const stored: unknown = JSON.parse(storage.getItem(KEY) ?? '{}');
    return { ...USUAL, ...(stored as Partial<NotifyPreferences>) }; // Written above.
  } catch {
    return USUAL;
  }
}
