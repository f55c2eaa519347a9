import { expect, test, vi } from 'vitest';
import { reloadWhenStale } from './stale-page.ts';

test('a page whose files are gone after an update loads anew, once', async () => {
  const { fail, reload, advance } = scene();
  await fail();
  advance(5_000);
  await fail();
  expect(reload).toHaveBeenCalledTimes(1);
  advance(60_000);
  await fail();
  expect(reload).toHaveBeenCalledTimes(2);
});

test('a page whose part was lost on the way stays as it is', async () => {
  const { fail, reload } = scene({ isGone: false });
  await fail();
  expect(reload).not.toHaveBeenCalled();
});

function scene({ isGone = true } = {}) {
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
    isGone: () => Promise.resolve(isGone),
    reload,
  });
  return {
    reload,
    advance: (by: number) => (now += by),
    async fail() {
      events.dispatchEvent(new Event('vite:preloadError', { cancelable: true }));
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}
