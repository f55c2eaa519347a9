import Hash from 'lucide-solid/icons/hash';
import MessageCircle from 'lucide-solid/icons/message-circle';
import { Match, Show, Switch } from 'solid-js';
import { Button } from '../design/button.tsx';
import { late } from '../design/late.tsx';
import { t } from '../strings/strings.ts';
import { useConversation } from './conversation.tsx';
import { MessageSkeletons } from './message-skeletons.tsx';

const ThreadTop = late(async () => (await import('../threads/thread-top.tsx')).ThreadTop);

/** What stands above the first message: the beginning of the channel, or that there is more. */
export function ListTop() {
  const conversation = useConversation();
  const { history } = conversation.room;
  return (
    <Switch fallback={<div class="h-24" />}>
      <Match when={history.shown().complete && conversation.channel()?.type === 'thread'}>
        <ThreadTop />
      </Match>
      <Match when={history.shown().complete}>
        <header class="px-5 pt-10 pb-1 max-tablet:px-4">
          <span class="grid size-14 place-items-center rounded-large bg-raised text-second">
            <Show when={conversation.direct()} fallback={<Hash size={28} />}>
              <MessageCircle size={28} />
            </Show>
          </span>
          <h2 class="mt-4 text-display font-bold tracking-tight wrap-anywhere">
            <Show
              when={conversation.direct()}
              fallback={t('channel.beginning', conversation.name())}
            >
              {conversation.name()}
            </Show>
          </h2>
          <Show when={conversation.direct()}>
            <p class="mt-1 text-message text-second">{t('channel.directBeginning')}</p>
          </Show>
          <Show when={conversation.channel()?.topic}>
            <p class="mt-1 max-w-prose text-message text-second wrap-anywhere">
              {conversation.channel()?.topic}
            </p>
          </Show>
        </header>
      </Match>
      <Match when={history.older() === 'failed'}>
        <div class="flex flex-wrap items-center justify-center gap-3 px-5 py-6 text-second">
          {t('channel.olderFailed')}
          <Button look="quiet" onClick={() => void history.loadOlder()}>
            {t('channel.retry')}
          </Button>
        </div>
      </Match>
      <Match when={history.older() === 'loading'}>
        <MessageSkeletons rows={3} label={t('channel.loadingOlder')} />
      </Match>
    </Switch>
  );
}
