import { Dialog } from '@kobalte/core/dialog';
import type { Message } from '@harmonium/api/message';
import Pin from 'lucide-solid/icons/pin';
import PinOff from 'lucide-solid/icons/pin-off';
import X from 'lucide-solid/icons/x';
import { For, Match, Show, Switch, createEffect, createMemo, createResource, on } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { Button } from '../design/button.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { usePanels } from '../servers/panels.tsx';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/messages.ts';
import { nameStyle } from './author-color.ts';
import { useConversation } from './conversation.tsx';
import { MessageContent } from './message-content.tsx';
import { MessageSkeletons } from './message-skeletons.tsx';
import { clockTime, dayName } from './times.ts';

const WIDTH_PX = 420;

/** What is pinned in the channel, under its button; from below on a phone. */
export function PinsPanel(props: { at: DOMRect; onClose: () => void }) {
  const conversation = useConversation();
  const panels = usePanels();
  const call = useApi();
  const { room } = conversation;
  const pins = () => room.timeline().pins;
  const [loaded, { refetch }] = createResource(() =>
    call('GET /api/channels/:id/pins', { params: { id: room.id } }),
  );
  // Others pin and unpin while it is open.
  createEffect(on(pins, () => void refetch(), { defer: true }));
  const messages = createMemo(() => {
    // What is read before it is there waits for all of the page.
    const isThere = loaded.state === 'ready' || loaded.state === 'refreshing';
    const known = isThere ? (loaded.latest ?? []) : [];
    return pins().flatMap((id) => known.find((message) => message.id === id) ?? []);
  });
  const isLoading = () => loaded.loading && messages().length === 0 && pins().length > 0;

  function jump(message: Message): void {
    props.onClose();
    conversation.jumpTo(room.id, message.id);
  }

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
              : {
                  top: `${props.at.bottom + 14}px`,
                  left: `${Math.max(12, Math.min(props.at.right - WIDTH_PX, innerWidth - WIDTH_PX - 12))}px`,
                  width: `${WIDTH_PX}px`,
                }
          }
        >
          <header class="flex items-center gap-3 px-4 pt-3.5 pb-2.5">
            <Pin size={16} class="shrink-0 text-third" />
            <Dialog.Title class="flex-1 text-message font-bold">{t('messages.pins')}</Dialog.Title>
            <Dialog.CloseButton
              aria-label={t('messages.cancel')}
              class="touch-target grid size-8 shrink-0 place-items-center rounded-small text-second transition hover:bg-raised hover:text-ink"
            >
              <X size={18} />
            </Dialog.CloseButton>
          </header>
          <div class="min-h-0 flex-1 overflow-y-auto overscroll-contain px-3 pb-[max(12px,env(safe-area-inset-bottom))]">
            <Switch>
              <Match when={pins().length === 0}>
                <div class="grid justify-items-center gap-1 px-6 pt-6 pb-10 text-center">
                  <span class="mb-2 grid size-12 place-items-center rounded-large bg-raised text-third">
                    <Pin size={22} />
                  </span>
                  <p class="font-bold">{t('messages.pinsEmpty')}</p>
                  <p class="text-second">
                    {conversation.canPin()
                      ? t('messages.pinsEmptySentence')
                      : t('messages.pinsEmptyReadOnly')}
                  </p>
                </div>
              </Match>
              <Match when={loaded.error !== undefined}>
                <div class="flex flex-wrap items-center justify-center gap-3 px-4 py-8 text-second">
                  {t('messages.pinsFailed')}
                  <Button look="quiet" onClick={() => void refetch()}>
                    {t('messages.retry')}
                  </Button>
                </div>
              </Match>
              <Match when={isLoading()}>
                <MessageSkeletons rows={3} label={t('messages.pins')} />
              </Match>
              <Match when={true}>
                <ul class="flex flex-col gap-2">
                  <For each={messages()}>
                    {(message) => <PinnedMessage message={message} onJump={() => jump(message)} />}
                  </For>
                </ul>
              </Match>
            </Switch>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog>
  );
}

function PinnedMessage(props: { message: Message; onJump: () => void }) {
  const conversation = useConversation();
  const author = () => conversation.author(props.message.author);
  return (
    <li class="rounded-medium bg-raised p-3">
      <div class="flex items-center gap-2">
        <Avatar user={author().user} size={24} />
        <p class="flex min-w-0 flex-1 items-baseline gap-2">
          <bdi class="truncate font-bold" style={nameStyle(author().user.id, author().roleColor)}>
            {author().name}
          </bdi>
          <time dateTime={props.message.createdAt} class="shrink-0 text-label text-third">
            {dayName(Date.parse(props.message.createdAt), Date.now())},{' '}
            {clockTime(props.message.createdAt)}
          </time>
        </p>
        <Button look="quiet" class="min-h-7! px-2.5! text-label" onClick={() => props.onJump()}>
          {t('messages.jump')}
        </Button>
        <Show when={conversation.canPin()}>
          <IconButton
            label={t('messages.unpin')}
            class="-mr-1"
            onClick={() => void conversation.pin(props.message, false)}
          >
            <PinOff size={16} />
          </IconButton>
        </Show>
      </div>
      <div class="mt-1.5 max-h-48 overflow-hidden text-message wrap-anywhere">
        <MessageContent message={props.message} />
      </div>
    </li>
  );
}
