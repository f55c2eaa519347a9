import { Dialog as Kobalte } from '@kobalte/core/dialog';
import X from 'lucide-solid/icons/x';
import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { t } from '../strings/strings.ts';

/** The field to fill in, rather than the button that closes. */
function focusFirstField(event: Event): void {
  const dialog = event.currentTarget;
  const field = dialog instanceof Element ? dialog.querySelector('[data-focus-first]') : null;
  if (!(field instanceof HTMLElement)) return;
  event.preventDefault();
  field.focus();
}

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  sentence?: string;
  children: JSX.Element;
}

/** A question that takes the whole attention: a card in the middle, a sheet from below on phones. */
export function Dialog(props: DialogProps) {
  const opener = document.activeElement;
  const focusOpener = (event: Event) => {
    event.preventDefault();
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  };

  return (
    <Kobalte open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <Kobalte.Portal>
        <Kobalte.Overlay class="fixed inset-0 z-40 animate-appear bg-scrim" />
        <div class="fixed inset-0 z-50 grid place-items-end tablet:place-items-center">
          <Kobalte.Content
            onOpenAutoFocus={focusFirstField}
            onCloseAutoFocus={focusOpener}
            class="pb-safe max-h-[92dvh] w-full animate-rise overflow-y-auto rounded-t-large bg-side shadow-float tablet:w-[440px] tablet:rounded-large"
          >
            <header class="flex items-start gap-4 px-6 pt-6 pb-4">
              <div class="min-w-0 flex-1">
                <Kobalte.Title class="text-title font-bold text-balance wrap-anywhere">
                  {props.title}
                </Kobalte.Title>
                <Show when={props.sentence}>
                  <Kobalte.Description class="mt-1 text-second">
                    {props.sentence}
                  </Kobalte.Description>
                </Show>
              </div>
              <Kobalte.CloseButton
                aria-label={t('servers.close')}
                class="touch-target -mt-1 -mr-2 grid size-8 shrink-0 place-items-center rounded-small text-second transition hover:bg-raised hover:text-ink"
              >
                <X size={18} />
              </Kobalte.CloseButton>
            </header>
            <div class="px-6 pb-6">{props.children}</div>
          </Kobalte.Content>
        </div>
      </Kobalte.Portal>
    </Kobalte>
  );
}
