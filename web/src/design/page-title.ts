import { createEffect } from 'solid-js';

/** Names the page in the tab, as long as the caller lives. */
export function createPageTitle(title: () => string | undefined): void {
  createEffect(() => {
    const name = title();
    document.title = name === undefined || name === '' ? 'Harmonium' : `${name} · Harmonium`;
  });
}
