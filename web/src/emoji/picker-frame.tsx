import { Dialog } from '@kobalte/core/dialog';
import { Popover } from '@kobalte/core/popover';
import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { usePanels } from '../servers/panels.tsx';

interface PickerFrameProps {
  label: string;
  /** What was clicked, in the window. */
  at: DOMRect;
  onClose: () => void;
  children: JSX.Element;
}

/** Beside what was clicked; a sheet from below on a phone. */
export function PickerFrame(props: PickerFrameProps) {
  const panels = usePanels();
  const opener = document.activeElement;
  const focusOpener = (event: Event) => {
    event.preventDefault();
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
  };
  const close = (open: boolean) => !open && props.onClose();
  return (
    <Show
      when={panels.isPhone()}
      fallback={
        <Popover
          open
          onOpenChange={close}
          getAnchorRect={() => props.at}
          placement="top-end"
          gutter={8}
          overflowPadding={12}
        >
          <Popover.Portal>
            <Popover.Content
              aria-label={props.label}
              onCloseAutoFocus={focusOpener}
              class="z-50 h-[min(440px,calc(100dvh-24px))] w-[372px] animate-rise overflow-hidden rounded-large border border-line bg-side shadow-float outline-none [--surface:var(--side)]"
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
            // The keyboard comes up when somebody wants to search, not before.
            onOpenAutoFocus={(event) => event.preventDefault()}
            onCloseAutoFocus={focusOpener}
            class="pb-safe fixed inset-x-0 bottom-0 z-50 h-[62dvh] animate-rise overflow-hidden rounded-t-large bg-side shadow-float outline-none [--surface:var(--side)]"
          >
            {props.children}
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog>
    </Show>
  );
}
