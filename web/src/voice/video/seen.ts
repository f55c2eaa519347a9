import { createEffect, createSignal, onCleanup, onMount } from 'solid-js';

/** How high an element is shown, in pixels of the device; 0 while nobody can see it. */
export function createSeenHeight(element: () => HTMLElement | undefined): () => number {
  const [isNear, setNear] = createSignal(false);
  const [height, setHeight] = createSignal(0);
  const [isPageSeen, setPageSeen] = createSignal(document.visibilityState === 'visible');
  onMount(() => {
    const look = () => setPageSeen(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    onCleanup(() => document.removeEventListener('visibilitychange', look));
  });
  createEffect(() => {
    const shown = element();
    if (shown === undefined) return;
    const edges = new IntersectionObserver((entries) =>
      setNear(entries.some((entry) => entry.isIntersecting)),
    );
    const sizes = new ResizeObserver(() => setHeight(shown.clientHeight));
    edges.observe(shown);
    sizes.observe(shown);
    onCleanup(() => {
      edges.disconnect();
      sizes.disconnect();
    });
  });
  return () => (isNear() && isPageSeen() ? Math.ceil(height() * devicePixelRatio) : 0);
}
