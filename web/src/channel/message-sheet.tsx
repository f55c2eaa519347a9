import { Dialog } from '@kobalte/core/dialog';
import type { Message } from '@harmonium/api/message';
import { For, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { t } from '../strings/messages.ts';
import { useConversation } from './conversation.tsx';
import { EmojiFace } from './emoji-face.tsx';
import { createMessageActs } from './message-acts.ts';

const QUICK = 6;

/** What one may do with a message, from below, for a thumb. */
export function MessageSheet(props: { message: Message; onClose: () => void }) {
  const conversation = useConversation();
  const acts = createMessageActs(
    conversation,
    () => props.message,
    () => new DOMRect(innerWidth / 2, innerHeight, 0, 0),
  );
  const act = (then: () => void): void => {
    props.onClose();
    requestAnimationFrame(then);
  };
  return (
    <Dialog open onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay class="fixed inset-0 z-40 animate-appear bg-scrim" />
        <Dialog.Content
          aria-label={t('messages.menu')}
          class="pb-safe fixed inset-x-0 bottom-0 z-50 max-h-[85dvh] animate-rise overflow-y-auto rounded-t-large bg-side shadow-float select-none"
        >
          <div class="mx-auto mt-2.5 h-1 w-9 rounded-full bg-line" />
          <div class="px-5 pt-3 pb-2">
            <p class="truncate text-label text-third">
              <bdi class="font-medium text-second">
                {conversation.author(props.message.author).name}
              </bdi>{' '}
              <bdi>{conversation.excerpt(props.message)}</bdi>
            </p>
          </div>
          <Show when={conversation.canReact()}>
            <div class="flex justify-between gap-1 px-4 pb-3">
              <For each={conversation.recentEmoji().slice(0, QUICK)}>
                {(emoji) => (
                  <button
                    type="button"
                    aria-label={t('messages.reactWith', conversation.emoji.nameOf(emoji))}
                    class="grid size-12 place-items-center rounded-full bg-raised transition active:scale-95 active:bg-raised-more"
                    onClick={() => act(() => void conversation.react(props.message, emoji, true))}
                  >
                    <EmojiFace emoji={emoji} size={22} />
                  </button>
                )}
              </For>
            </div>
          </Show>
          <ul class="border-t border-line p-2 pb-4">
            <For each={acts()}>
              {(each) => (
                <li classList={{ 'mt-1 border-t border-line pt-1': each.begins }}>
                  <button
                    type="button"
                    class="flex min-h-12 w-full items-center gap-4 rounded-medium px-3 text-left text-message transition-colors active:bg-raised-more"
                    classList={{ 'text-danger-ink': each.danger }}
                    onClick={() => act(each.act)}
                  >
                    <Dynamic component={each.icon} size={20} />
                    {each.label}
                  </button>
                </li>
              )}
            </For>
          </ul>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog>
  );
}
