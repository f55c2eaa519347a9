import ArrowUp from 'lucide-solid/icons/arrow-up';
import { Show } from 'solid-js';
import { t } from '../strings/strings.ts';
import { useConversation } from './conversation.tsx';
import { clockTime, dayName } from './times.ts';

/** How much is new further up, since when, and the two ways on: there, or to have read it. */
export function NewsBar(props: { isAbove: boolean; onJump: () => void }) {
  const { news } = useConversation();
  const since = (at: string): string => {
    const isToday = new Date(at).toDateString() === new Date().toDateString();
    return isToday ? clockTime(at) : `${dayName(Date.parse(at), Date.now())}, ${clockTime(at)}`;
  };
  return (
    <Show when={props.isAbove ? news.summary() : undefined}>
      {(fresh) => (
        <div class="absolute inset-x-5 top-2 flex min-h-9 animate-rise items-stretch overflow-hidden rounded-medium bg-brass font-medium text-on-brass shadow-float max-tablet:inset-x-3">
          <button
            type="button"
            class="touch-target flex min-w-0 flex-1 items-center gap-2 px-3.5 text-left transition-colors hover:bg-brass-hover focus-visible:outline-offset-[-3px] focus-visible:outline-on-brass"
            onClick={() => props.onJump()}
          >
            <ArrowUp size={16} class="shrink-0" />
            <span class="truncate">
              {t('channel.newSince', fresh().count, !fresh().isAll, since(fresh().since))}
            </span>
          </button>
          <button
            type="button"
            class="touch-target shrink-0 px-3.5 transition-colors hover:bg-brass-hover focus-visible:outline-offset-[-3px] focus-visible:outline-on-brass"
            onClick={() => news.dismiss()}
          >
            {t('channel.markRead')}
          </button>
        </div>
      )}
    </Show>
  );
}
