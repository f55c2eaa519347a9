import { Dialog } from '@kobalte/core/dialog';
import { Popover } from '@kobalte/core/popover';
import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { usePanels } from './panels.tsx';

interface CardFrameProps {
  shape: keyof typeof SHAPES;
  label: string;
  /** What was clicked, in the window. */
  at: DOMRect;
  onClose: () => void;
  children: JSX.Element;
}

const SHAPES = {
  profile: {
    placement: 'right-start',
    gutter: 10,
    card: 'z-40 max-h-[calc(100dvh-24px)] w-[304px] overflow-y-auto',
    sheet: 'max-h-[92dvh] overflow-y-auto',
    hasField: false,
  },
  /** Asked for in dialogs, too, and so above them. */
  picker: {
    placement: 'top-end',
    gutter: 8,
    card: 'z-50 h-[min(440px,calc(100dvh-24px))] w-[372px] overflow-hidden [--surface:var(--side)]',
    sheet: 'h-[62dvh] overflow-hidden [--surface:var(--side)]',
    hasField: true,
  },
} as const;

/** A card beside what was clicked; a sheet from below on a phone. */
export function CardFrame(props: CardFrameProps) {
  const panels = usePanels();
  const shape = () => SHAPES[props.shape];
  const opener = document.activeElement;
  const focusOpener = (event: Event) => {
    event.preventDefault();
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
  };
  // The keyboard comes up when somebody wants to search, not before.
  const focusSheet = (event: Event) => shape().hasField && event.preventDefault();
  const close = (open: boolean) => !open && props.onClose();
  return (
    <Show
      when={panels.isPhone()}
      fallback={
        <Popover
          open
          onOpenChange={close}
          getAnchorRect={() => props.at}
          placement={shape().placement}
          gutter={shape().gutter}
          overflowPadding={12}
        >
          <Popover.Portal>
            <Popover.Content
              aria-label={props.label}
              onCloseAutoFocus={focusOpener}
              class={`animate-rise rounded-large border border-line bg-side shadow-float outline-none ${shape().card}`}
            >
              {props.children}
            </Popover.Content>
          </Popover.Portal>
        </Popover>
      }
    >
      <Dialog open onOpenChange={close}>
        <Dialog.Portal>
          <Dialog.Overlay class="fixed inset-0 z-40 animate-appear bg-scrim" />
          <Dialog.Content
            aria-label={props.label}
            onOpenAutoFocus={focusSheet}
            onCloseAutoFocus={focusOpener}
            class={`pb-safe fixed inset-x-0 bottom-0 z-50 animate-rise rounded-t-large bg-side shadow-float outline-none ${shape().sheet}`}
          >
            {props.children}
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog>
    </Show>
  );
}
