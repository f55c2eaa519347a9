import { createEffect, createSignal } from 'solid-js';

/** What stands before the name of the page: how much waits. */
const [mark, setMark] = createSignal('');

/** Names the page in the tab, as long as the caller lives. */
export function createPageTitle(title: () => string | undefined): void {
  createEffect(() => {
    const name = title();
    const page = name === undefined || name === '' ? 'Harmonium' : `${name} · Harmonium`;
    document.title = `${mark()}${page}`;
  });
}

/** Zero takes the number away. */
export function countInTitle(count: number): void {
  setMark(count === 0 ? '' : `(${count > 99 ? '99+' : count}) `);
}
