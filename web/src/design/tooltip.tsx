import { Show, Suspense, createSignal, createUniqueId, lazy, onCleanup } from 'solid-js';
import type { JSX } from 'solid-js';

const TooltipBubble = lazy(async () => ({
  default: (await import('./tooltip-bubble.tsx')).TooltipBubble,
}));

const OPEN_AFTER_MS = 250;

interface TooltipProps {
  text: string;
  placement?: 'right' | 'top' | 'bottom';
  class?: string;
  children: JSX.Element;
}

/** A name beside what has only a picture. The child is what the pointer or focus reaches. */
export function Tooltip(props: TooltipProps) {
  const id = createUniqueId();
  const [anchor, setAnchor] = createSignal<HTMLElement>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hide = (): void => {
    clearTimeout(timer);
    setAnchor(undefined);
  };
  const show = (on: HTMLElement): void => {
    clearTimeout(timer);
    timer = setTimeout(() => setAnchor(on), OPEN_AFTER_MS);
  };
  onCleanup(hide);
  return (
    <div
      class={props.class}
      aria-describedby={anchor() === undefined ? undefined : id}
      onPointerEnter={(event) => event.pointerType === 'mouse' && show(event.currentTarget)}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocusIn={(event) => event.target.matches(':focus-visible') && show(event.currentTarget)}
      onFocusOut={hide}
      onKeyDown={(event) => event.key === 'Escape' && hide()}
    >
      {props.children}
      <Show when={anchor()}>
        {(on) => (
          // Nothing else waits for it.
          <Suspense>
            <TooltipBubble
              id={id}
              anchor={on()}
              placement={props.placement ?? 'right'}
              text={props.text}
            />
          </Suspense>
        )}
      </Show>
    </div>
  );
}
