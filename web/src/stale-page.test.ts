import { expect, test, vi } from 'vitest';
import { reloadWhenStale } from './stale-page.ts';

test('a page whose files are gone after an update loads anew, once', () => {
  const kept = new Map<string, string>();
  const events = new EventTarget();
  const reload = vi.fn<() => void>();
  let now = 1_000_000;
  reloadWhenStale({
    events,
    storage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
    },
    now: () => now,
    reload,
  });
  const fail = () => {
    const event = new Event('vite:preloadError', { cancelable: true });
    events.dispatchEvent(event);
    return event.defaultPrevented;
  };

  expect(fail()).toBe(true);
  now += 5_000;
  // Still broken right after: the failure is passed on, and said.
  expect(fail()).toBe(false);
  expect(reload).toHaveBeenCalledTimes(1);
  now += 60_000;
  expect(fail()).toBe(true);
  expect(reload).toHaveBeenCalledTimes(2);
});
