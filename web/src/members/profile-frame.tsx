import { Dialog } from '@kobalte/core/dialog';
import { Popover } from '@kobalte/core/popover';
import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { usePanels } from '../servers/panels.tsx';

interface ProfileFrameProps {
  label: string;
  /** What was clicked, in the window. */
  at: DOMRect;
  onClose: () => void;
  children: JSX.Element;
}

/** A card beside what was clicked; a sheet from below on a phone. */
export function ProfileFrame(props: ProfileFrameProps) {
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
          placement="right-start"
          gutter={10}
          overflowPadding={12}
        >
          <Popover.Portal>
            <Popover.Content
              aria-label={props.label}
              onCloseAutoFocus={focusOpener}
              class="z-40 max-h-[calc(100dvh-24px)] w-[304px] animate-rise overflow-y-auto rounded-large border border-line bg-side shadow-float outline-none"
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
            onCloseAutoFocus={focusOpener}
            class="pb-safe fixed inset-x-0 bottom-0 z-50 max-h-[92dvh] animate-rise overflow-y-auto rounded-t-large bg-side shadow-float outline-none"
          >
            {props.children}
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog>
    </Show>
  );
}
