import { createSignal, onCleanup, onMount } from 'solid-js';

/** A list that nobody tells about: asked for at first, after each act, and when somebody comes back. */
export function createListing<Item>(load: () => Promise<Item[]>) {
  const [items, setItems] = createSignal<readonly Item[]>();
  const [failed, setFailed] = createSignal(false);
  let turn = 0;

  async function refresh(): Promise<void> {
    const mine = (turn += 1);
    try {
      const answer = await load();
      if (mine !== turn) return;
      setItems(answer);
      setFailed(false);
    } catch {
      if (mine === turn) setFailed(true);
    }
  }

  const look = (): void => {
    if (document.visibilityState === 'visible') void refresh();
  };
  onMount(() => {
    void refresh();
    document.addEventListener('visibilitychange', look);
  });
  onCleanup(() => document.removeEventListener('visibilitychange', look));

  return {
    items,
    /** What is shown, if anything, is from before. */
    failed,
    refresh,
    /** Changes what is shown at once, before it is asked for again. */
    change: (to: (items: readonly Item[]) => readonly Item[]) => {
      turn += 1;
      setItems((held) => held && to(held));
    },
  };
}
