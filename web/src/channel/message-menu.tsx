import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import type { Message } from '@harmonium/api/message';
import { For, Show, createSignal } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { t } from '../strings/messages.ts';
import { useConversation } from './conversation.tsx';
import { EmojiFace } from './emoji-face.tsx';
import { createMessageActs } from './message-acts.ts';

/** Emoji that are one key away. */
const QUICK = 5;

const ITEM =
  'flex min-h-8 cursor-pointer items-center gap-3 rounded-small px-2.5 py-1 transition-colors data-highlighted:bg-raised-more data-highlighted:outline-none';

/** What one may do with a message, beside what was pressed. */
export function MessageMenu(props: { message: Message; at: DOMRect; onClose: () => void }) {
  const conversation = useConversation();
  const [isOpen, setIsOpen] = createSignal(true);
  const acts = createMessageActs(
    conversation,
    () => props.message,
    () => props.at,
  );
  let next: (() => void) | undefined;

  /** The menu goes first and gives the focus back: what follows may take it. */
  function choose(act: () => void): void {
    next = act;
  }

  function close(event: Event): void {
    event.preventDefault();
    const { id } = props.message;
    document.querySelector<HTMLElement>(`[data-message="${id}"]`)?.focus({ preventScroll: true });
    props.onClose();
    if (next !== undefined) requestAnimationFrame(next);
  }

  return (
    <DropdownMenu
      open={isOpen()}
      onOpenChange={setIsOpen}
      getAnchorRect={() => props.at}
      placement="bottom-end"
      gutter={4}
      modal={false}
    >
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-label={t('messages.menu')}
          class="z-50 w-60 animate-rise rounded-medium border border-line bg-raised p-1.5 shadow-float"
          onCloseAutoFocus={close}
        >
          <Show when={conversation.canReact()}>
            <div class="flex justify-between px-1 pb-1.5">
              <For each={conversation.recentEmoji().slice(0, QUICK)}>
                {(emoji) => (
                  <DropdownMenu.Item
                    aria-label={t('messages.reactWith', conversation.emoji.nameOf(emoji))}
                    class="grid size-10 cursor-pointer place-items-center rounded-medium bg-raised-more/50 transition-colors data-highlighted:bg-raised-more data-highlighted:outline-none"
                    onSelect={() =>
                      choose(() => void conversation.react(props.message, emoji, true))
                    }
                  >
                    <EmojiFace emoji={emoji} size={20} />
                  </DropdownMenu.Item>
                )}
              </For>
            </div>
          </Show>
          <For each={acts()}>
            {(act) => (
              <>
                <Show when={act.begins}>
                  <DropdownMenu.Separator class="mx-1 my-1.5 h-px border-0 bg-line" />
                </Show>
                <DropdownMenu.Item
                  class={ITEM}
                  classList={{
                    'text-danger-ink': act.danger,
                    'text-second data-highlighted:text-ink': act.danger !== true,
                  }}
                  onSelect={() => choose(act.act)}
                >
                  <Dynamic component={act.icon} size={16} />
                  <span class="flex-1">{act.label}</span>
                  <Show when={act.keys}>
                    <kbd class="font-sans text-label text-third" aria-hidden="true">
                      {act.keys}
                    </kbd>
                  </Show>
                </DropdownMenu.Item>
              </>
            )}
          </For>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  );
}
