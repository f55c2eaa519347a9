import { afterEach, expect, test, vi } from 'vitest';
import { watchIdleness } from './idleness.ts';

afterEach(() => void vi.unstubAllGlobals());

test('five minutes without input make one idle, and the first input ends it', () => {
  const page = new EventTarget();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  let now = 0;
  const said: boolean[] = [];
  const watch = watchIdleness({ now: () => now, onChange: (isIdle) => said.push(isIdle) });
  now = 4 * 60_000;
  page.dispatchEvent(new Event('keydown'));
  now = 8 * 60_000;
  watch.check();
  expect(said).toEqual([]);
  now = 9 * 60_000;
  watch.check();
  watch.check();
  page.dispatchEvent(new Event('pointermove'));
  expect(said).toEqual([true, false]);
  watch.stop();
});
