const KEY = 'harmonium.reloaded';
/** A second failure this soon is no update but something broken: reloading would go on for ever. */
const SETTLED_MS = 30_000;

/**
 * After an update the files of a page that is still open are gone. The next part it asks for is not
 * there: load the page anew, as it is now. Not while nobody answers: a page that says so, with what
 * was written in it, is worth more than the browser's own error.
 */
export function reloadWhenStale(page: {
  events: EventTarget;
  storage: Pick<Storage, 'getItem' | 'setItem'>;
  now: () => number;
  /** Whether the server gives out the page at the moment. */
  isServed: () => Promise<boolean>;
  reload: () => void;
}): void {
  // https://vite.dev/guide/build#load-error-handling
  page.events.addEventListener('vite:preloadError', () => void reloadOnce());

  async function reloadOnce(): Promise<void> {
    const last = Number(page.storage.getItem(KEY) ?? 0);
    if (page.now() - last < SETTLED_MS || !(await page.isServed())) return;
    page.storage.setItem(KEY, String(page.now()));
    page.reload();
  }
}
