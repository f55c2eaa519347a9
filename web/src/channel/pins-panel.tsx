import type { Message } from '@harmonium/api/message';
import Pin from 'lucide-solid/icons/pin';
import PinOff from 'lucide-solid/icons/pin-off';
import { For, Match, Show, Switch, createEffect, createMemo, createResource, on } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { Button } from '../design/button.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/messages.ts';
import { nameStyle } from './author-color.ts';
import { useConversation } from './conversation.tsx';
import { HeaderPanel } from './header-panel.tsx';
import { MessageContent } from './message-content.tsx';
import { MessageSkeletons } from './message-skeletons.tsx';
import { clockTime, dayName } from './times.ts';

/** What is pinned in the channel, under its button; from below on a phone. */
export function PinsPanel(props: { at: DOMRect; onClose: () => void }) {
  const conversation = useConversation();
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
    <HeaderPanel
      at={props.at}
      icon={<Pin size={16} />}
      title={t('messages.pins')}
      closeLabel={t('messages.cancel')}
      onClose={props.onClose}
    >
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
    </HeaderPanel>
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
