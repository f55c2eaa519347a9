import ArrowDown from 'lucide-solid/icons/arrow-down';
import { Show, createMemo, createSignal, createEffect, on } from 'solid-js';
import { t } from '../strings/strings.ts';
import { useConversation } from './conversation.tsx';

/** For whoever reads further up: how much has come meanwhile, and the way back. */
export function JumpBar() {
  const { room, list } = useConversation();
  const [leftAt, setLeftAt] = createSignal<string>();
  createEffect(
    on(list.atEnd, (isThere) =>
      setLeftAt(isThere ? undefined : room.timeline().messages.at(-1)?.id),
    ),
  );
  const unseen = createMemo(() => {
    const from = leftAt();
    if (from === undefined) return 0;
    const { messages } = room.timeline();
    return messages.length - 1 - messages.findLastIndex((message) => message.id === from);
  });

  return (
    <Show when={!list.atEnd()}>
      <button
        type="button"
        class="touch-target absolute inset-x-5 bottom-2 flex min-h-9 animate-rise items-center justify-between gap-3 rounded-medium bg-raised-more px-3.5 font-medium shadow-float transition-colors hover:text-brass-ink max-tablet:inset-x-3"
        onClick={() => list.toPresent()}
      >
        <span classList={{ 'text-brass-ink': unseen() > 0, 'text-second': unseen() === 0 }}>
          {unseen() > 0 ? t('channel.newMessages', unseen()) : t('channel.readingOlder')}
        </span>
        <span class="inline-flex items-center gap-1.5">
          {t('channel.jumpToLatest')}
          <ArrowDown size={16} />
        </span>
      </button>
    </Show>
  );
}
