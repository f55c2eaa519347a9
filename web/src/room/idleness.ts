/** Without input for this long one is idle, in milliseconds. */
const IDLE_AFTER_MS = 5 * 60_000;
const INPUT = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** Watches whether somebody is at the page; `check` is to be called now and then. */
export function watchIdleness(options: {
  now: () => number;
  onChange: (isIdle: boolean) => void;
}): { check(): void; stop(): void } {
  let lastInput = options.now();
  let isIdle = false;

  function check(): void {
    const next = options.now() - lastInput >= IDLE_AFTER_MS;
    if (next === isIdle) return;
    isIdle = next;
    options.onChange(next);
  }
  function hear(): void {
    lastInput = options.now();
    if (isIdle) check();
  }

  for (const name of INPUT) addEventListener(name, hear, { passive: true, capture: true });
  return {
    check,
    stop() {
      for (const name of INPUT) removeEventListener(name, hear, { capture: true });
    },
  };
}
