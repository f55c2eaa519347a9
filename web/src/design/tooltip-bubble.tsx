import { computePosition, flip, offset, shift } from '@floating-ui/dom';
import type { Placement } from '@floating-ui/dom';
import { createSignal, onMount } from 'solid-js';
import { Portal } from 'solid-js/web';

/** The bubble of a tooltip, beside its anchor and within the window. */
export function TooltipBubble(props: {
  id: string;
  anchor: HTMLElement;
  placement: Placement;
  text: string;
}) {
  const [place, setPlace] = createSignal<{ x: number; y: number }>();
  function settle(bubble: HTMLElement): void {
    const { anchor, placement } = props;
    const middleware = [offset(10), flip(), shift({ padding: 8 })];
    onMount(() => {
      const placing = computePosition(anchor, bubble, {
        placement,
        middleware,
        strategy: 'fixed',
      });
      void placing.then(setPlace);
    });
  }
  return (
    <Portal>
      <div
        ref={settle}
        id={props.id}
        role="tooltip"
        class="pointer-events-none fixed top-0 left-0 z-50 w-max max-w-60 animate-appear rounded-small border border-line bg-raised-more px-2.5 py-1.5 font-medium wrap-anywhere shadow-float"
        style={{
          translate: `${place()?.x ?? 0}px ${place()?.y ?? 0}px`,
          visibility: place() === undefined ? 'hidden' : 'visible',
        }}
      >
        {props.text}
      </div>
    </Portal>
  );
}
