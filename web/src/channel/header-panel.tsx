import { Dialog } from '@kobalte/core/dialog';
import X from 'lucide-solid/icons/x';
import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { usePanels } from '../servers/panels.tsx';

const WIDTH_PX = 420;

interface HeaderPanelProps {
  /** The button it hangs under, in the window. */
  at: DOMRect;
  icon: JSX.Element;
  title: string;
  closeLabel: string;
  onClose: () => void;
  children: JSX.Element;
}

/** What a button of the channel's header opens, under it; from below on a phone. */
export function HeaderPanel(props: HeaderPanelProps) {
  const panels = usePanels();
  const left = () => Math.max(12, Math.min(props.at.right - WIDTH_PX, innerWidth - WIDTH_PX - 12));
  return (
    <Dialog open modal={panels.isPhone()} onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Show when={panels.isPhone()}>
          <Dialog.Overlay class="fixed inset-0 z-40 animate-appear bg-scrim" />
        </Show>
        <Dialog.Content
          class="fixed z-50 flex animate-rise flex-col overflow-hidden bg-side shadow-float outline-none max-tablet:inset-x-0 max-tablet:bottom-0 max-tablet:max-h-[85dvh] max-tablet:rounded-t-large tablet:max-h-[min(70dvh,640px)] tablet:rounded-large tablet:border tablet:border-line [--surface:var(--side)]"
          style={
            panels.isPhone()
              ? undefined
              : { top: `${props.at.bottom + 14}px`, left: `${left()}px`, width: `${WIDTH_PX}px` }
          }
        >
          <header class="flex items-center gap-3 px-4 pt-3.5 pb-2.5">
            <span class="shrink-0 text-third">{props.icon}</span>
            <Dialog.Title class="flex-1 text-message font-bold">{props.title}</Dialog.Title>
            <Dialog.CloseButton
              aria-label={props.closeLabel}
              class="touch-target grid size-8 shrink-0 place-items-center rounded-small text-second transition hover:bg-raised hover:text-ink"
            >
              <X size={18} />
            </Dialog.CloseButton>
          </header>
          {props.children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog>
  );
}
