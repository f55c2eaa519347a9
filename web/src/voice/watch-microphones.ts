import { createEffect, on, onCleanup } from 'solid-js';
import { wantsReopening } from './device-change.ts';
import type { Devices } from './devices.ts';

interface WatchDeps {
  devices: Devices;
  isWithout: () => boolean;
  reopen: () => void;
}

/** Opens the microphone anew when another is there, or when the browser came to allow it. */
export function watchMicrophones({ devices, isWithout, reopen }: WatchDeps): void {
  createEffect(
    on(devices.microphones, (now, before) => {
      if (before === undefined) return;
      const { microphone: chosen } = devices.preferences();
      if (wantsReopening(before, { devices: now, chosen, isWithout: isWithout() })) reopen();
    }),
  );
  const allowed = new AbortController();
  onCleanup(() => allowed.abort());
  void watchPermission(allowed.signal, () => isWithout() && reopen());
}

async function watchPermission(signal: AbortSignal, onAllowed: () => void): Promise<void> {
  try {
    const status = await navigator.permissions.query({ name: 'microphone' });
    status.addEventListener('change', () => status.state === 'granted' && onAllowed(), { signal });
  } catch {
    // Not every browser tells; there is a button, too.
  }
}
