import { Tooltip as Kobalte } from '@kobalte/core/tooltip';
import type { JSX } from 'solid-js';

interface TooltipProps {
  text: string;
  placement?: 'right' | 'top' | 'bottom';
  class?: string;
  children: JSX.Element;
}

/** A name beside what has only a picture. The child is what the pointer or focus reaches. */
export function Tooltip(props: TooltipProps) {
  return (
    <Kobalte placement={props.placement ?? 'right'} openDelay={250} closeDelay={0} gutter={10}>
      <Kobalte.Trigger as="div" class={props.class}>
        {props.children}
      </Kobalte.Trigger>
      <Kobalte.Portal>
        <Kobalte.Content class="pointer-events-none z-50 max-w-60 animate-appear rounded-small border border-line bg-raised-more px-2.5 py-1.5 font-medium wrap-anywhere shadow-float">
          {props.text}
        </Kobalte.Content>
      </Kobalte.Portal>
    </Kobalte>
  );
}
