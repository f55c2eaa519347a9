import { Index, Match, Show, Switch } from 'solid-js';
import { Reeds } from '../design/reeds.tsx';
import { t } from '../strings/strings.ts';
import type { Typist } from '../room/typing.ts';
import { useConversation } from './conversation.tsx';

const NAMED = 3;

/** Who is typing. Its room is always there, so that nothing jumps. */
export function TypingLine() {
  const conversation = useConversation();
  const typists = () =>
    conversation.room.typists().filter(({ userId }) => !conversation.isBlocked(userId));
  const nameOf = ({ userId, username }: Typist) => conversation.nameOf({ id: userId, username });
  const separator = (index: number) => {
    if (index === 0) return '';
    return index === typists().length - 1 ? t('channel.typingAnd') : t('channel.typingComma');
  };
  return (
    <div
      role="status"
      class="flex h-7 items-center gap-2 px-6 text-label text-second max-tablet:px-4"
    >
      <Show when={typists().length > 0}>
        <Reeds kind="loading" size={14} class="shrink-0 text-brass-ink" />
        <p class="truncate">
          <Switch>
            <Match when={typists().length > NAMED}>
              <b class="font-bold">{t('channel.typingSeveral')}</b>
              {t('channel.typingAfterMany')}
            </Match>
            <Match when={typists().length > 0}>
              <Index each={typists()}>
                {(typist, index) => (
                  <>
                    {separator(index)}
                    <bdi class="font-bold">{nameOf(typist())}</bdi>
                  </>
                )}
              </Index>
              {typists().length === 1 ? t('channel.typingAfterOne') : t('channel.typingAfterMany')}
            </Match>
          </Switch>
        </p>
      </Show>
    </div>
  );
}
