import type { Message } from '@harmonium/api/message';
import { Match, Switch } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { t } from '../strings/strings.ts';
import { nameStyle } from './author-color.ts';
import { useConversation } from './conversation.tsx';

/** What a message answers, in one line above it; a click goes there. */
export function ReplyPreview(props: { message: Message }) {
  const conversation = useConversation();
  const original = () => {
    const { replyTo } = props.message;
    return replyTo === undefined ? null : conversation.room.history.original(replyTo);
  };
  const there = () => {
    const found = original();
    return found?.removedAt === null ? found : undefined;
  };
  return (
    <div class="relative col-start-2 flex h-5 min-w-0 items-center gap-1.5 text-label leading-4 text-third before:absolute before:top-1/2 before:-left-9 before:h-3 before:w-7 before:rounded-tl-small before:border-t-2 before:border-l-2 before:border-third/35 max-tablet:before:-left-8 max-tablet:before:w-6">
      <Switch fallback={<span class="italic">{t('channel.replyGone')}</span>}>
        <Match when={original() === undefined}>
          <span role="status" aria-label={t('channel.replyLoading')}>
            <Skeleton width="11rem" height="0.7rem" />
          </span>
        </Match>
        <Match when={there()}>
          {(found) => (
            <button
              type="button"
              tabindex={conversation.list.isPointed(props.message.id) ? 0 : -1}
              class="flex min-w-0 items-center gap-1.5 rounded-small text-left transition-colors hover:text-ink"
              aria-label={t(
                'channel.replyTo',
                conversation.author(found().author).name,
                conversation.excerpt(found()),
              )}
              onClick={() => conversation.jumpTo(conversation.room.id, found().id)}
            >
              <Avatar user={found().author} size={16} />
              <span
                class="shrink-0 font-medium"
                style={nameStyle(found().author.id, conversation.author(found().author).roleColor)}
              >
                <bdi>{conversation.author(found().author).name}</bdi>
              </span>
              <bdi class="truncate">
                {conversation.isBlocked(found().author.id)
                  ? t('channel.blocked')
                  : conversation.excerpt(found()) || t('channel.replyFiles')}
              </bdi>
            </button>
          )}
        </Match>
      </Switch>
    </div>
  );
}
