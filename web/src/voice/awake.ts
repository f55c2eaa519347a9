import { createEffect, onCleanup } from 'solid-js';

/** Whose screen goes dark by itself, and takes the microphone of the page with it. */
const IS_PHONE = '(pointer: coarse)';

/** Keeps the screen of a phone on while it is wanted. */
export function createAwake(isWanted: () => boolean): void {
  createEffect(() => {
    if (!isWanted() || !('wakeLock' in navigator) || !matchMedia(IS_PHONE).matches) return;
    let lock: WakeLockSentinel | undefined;
    let isOver = false;
    const ask = async (): Promise<void> => {
      if (document.visibilityState !== 'visible') return;
      try {
        const got = await navigator.wakeLock.request('screen');
        if (isOver) void got.release();
        else lock = got;
      } catch {
        // The battery is low, or the system says no: the call goes on.
      }
    };
    const askAgain = () => void ask();
    void ask();
    // The browser takes it away with every look at something else.
    document.addEventListener('visibilitychange', askAgain);
    onCleanup(() => {
      isOver = true;
      document.removeEventListener('visibilitychange', askAgain);
      void lock?.release();
    });
  });
}
