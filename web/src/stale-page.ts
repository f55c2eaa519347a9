const KEY = 'harmonium.reloaded';
/** A second failure this soon is no update but something broken: reloading would go on for ever. */
const SETTLED_MS = 30_000;

/**
 * After an update the files of a page that is still open are gone. The next part it asks for is not
 * there: load the page anew, as it is now. Only where that is why: a part that a weak connection lost
 * is asked for again, and a page that loads anew for it would take its user out of a call.
 */
export function reloadWhenStale(page: {
  events: EventTarget;
  storage: Pick<Storage, 'getItem' | 'setItem'>;
  now: () => number;
  /** Whether the server says that it has no such files any more. */
  isGone: () => Promise<boolean>;
  reload: () => void;
}): void {
  // https://vite.dev/guide/build#load-error-handling
  page.events.addEventListener('vite:preloadError', () => void reloadOnce());

  async function reloadOnce(): Promise<void> {
    const last = Number(page.storage.getItem(KEY) ?? 0);
    if (page.now() - last < SETTLED_MS || !(await page.isGone())) return;
    page.storage.setItem(KEY, String(page.now()));
    page.reload();
  }
}
