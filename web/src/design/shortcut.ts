import { onCleanup, onMount } from 'solid-js';

/** Does something on a key, wherever the focus is, unless something nearer took the key. */
export function createShortcut(key: string, act: () => void): void {
  const hear = (event: KeyboardEvent): void => {
    if (event.key === key && !event.defaultPrevented) act();
  };
  onMount(() => document.addEventListener('keydown', hear));
  onCleanup(() => document.removeEventListener('keydown', hear));
}
