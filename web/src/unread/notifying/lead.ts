import { onCleanup } from 'solid-js';

/** Of several tabs of one user one tells; when it is closed the next one does. */
export function createLead(userId: string): () => boolean {
  // Absent where the page is not served securely; there is no notification then, either.
  if (!('locks' in navigator)) return () => true;
  let leads = false;
  let end = (): void => {};
  const waiting = new AbortController();
  navigator.locks
    .request(`harmonium.notify.${userId}`, { signal: waiting.signal }, () => {
      leads = true;
      return new Promise<void>((resolve) => (end = resolve));
    })
    .catch(() => {
      // Given up before it was this tab's turn.
    });
  onCleanup(() => {
    waiting.abort();
    end();
  });
  return () => leads;
}
