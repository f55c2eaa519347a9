import type { NotificationLevel, NotificationSetting } from '@harmonium/api/notification';
import { createEffect, createSignal, onCleanup } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';

/** The longest wait a timer can have, in milliseconds. */
const LONGEST_MS = 2 ** 31 - 1;

/** What the user wants to be told of, by server, channel and conversation. */
export function createLevels(now: () => number) {
  const [settings, setSettings] = createStore<Record<string, NotificationSetting>>({});
  const [moment, setMoment] = createSignal(now());

  // What is muted for an hour is heard again after it, without a word from anywhere.
  createEffect(() => {
    const ends = Object.values(settings)
      .map(({ mutedUntil }) => (mutedUntil === null ? Infinity : Date.parse(mutedUntil)))
      .filter((end) => end > moment());
    const next = Math.min(...ends) - now();
    if (next > LONGEST_MS) return;
    const timer = setTimeout(() => setMoment(now()), Math.max(0, next) + 10);
    onCleanup(() => clearTimeout(timer));
  });

  return {
    /** What was chosen for it alone. */
    of: (targetId: string): NotificationSetting | undefined => settings[targetId],
    isMuted: (targetId: string): boolean => {
      const until = settings[targetId]?.mutedUntil;
      return typeof until === 'string' && Date.parse(until) > moment();
    },
    /** Of the nearest that has one. */
    level: (targetIds: readonly string[], otherwise: NotificationLevel): NotificationLevel => {
      for (const id of targetIds) {
        const level = settings[id]?.level;
        if (level !== undefined && level !== null) return level;
      }
      return otherwise;
    },
    set(changed: readonly NotificationSetting[]): void {
      for (const setting of changed) setSettings(setting.targetId, setting);
      setMoment(now());
    },
    replace(all: readonly NotificationSetting[]): void {
      setSettings(reconcile(Object.fromEntries(all.map((each) => [each.targetId, each]))));
      setMoment(now());
    },
  };
}
