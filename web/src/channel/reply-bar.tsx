import AtSign from 'lucide-solid/icons/at-sign';
import X from 'lucide-solid/icons/x';
import { Show } from 'solid-js';
import { IconButton } from '../design/icon-button.tsx';
import { t } from '../strings/strings.ts';
import { nameStyle } from './author-color.ts';
import { useConversation } from './conversation.tsx';

interface ReplyBarProps {
  /** The author of what is answered is not told. */
  quiet: boolean;
  onQuiet: (quiet: boolean) => void;
  onClose: () => void;
}

/** What the next message answers, above the field. */
export function ReplyBar(props: ReplyBarProps) {
  const conversation = useConversation();
  return (
    <Show when={conversation.replying()}>
      {(message) => {
        const author = () => conversation.author(message().author);
        const isOwn = () => message().author.id === conversation.me()?.id;
        return (
          <div class="flex min-h-9 items-center gap-1 border-b border-line pr-1 pl-4 text-list text-second">
            <button
              type="button"
              class="min-w-0 flex-1 truncate rounded-small py-2 text-left hover:text-ink"
              onClick={() => conversation.jumpTo(message().channelId, message().id)}
            >
              {t('composer.replyingTo')}
              <b class="font-bold" style={nameStyle(message().author.id, author().roleColor)}>
                {author().name}
              </b>
            </button>
            <Show when={!isOwn()}>
              <button
                type="button"
                aria-pressed={!props.quiet}
                aria-label={t('composer.mentionLabel', author().name)}
                title={props.quiet ? t('composer.mentionOff') : t('composer.mentionOn')}
                class="touch-target flex h-8 items-center justify-center gap-1 rounded-small px-2 text-label font-bold transition hover:bg-raised-more"
                classList={{ 'text-third': props.quiet, 'text-brass-ink': !props.quiet }}
                onClick={() => props.onQuiet(!props.quiet)}
              >
                <AtSign size={14} />
                <span class="max-tablet:sr-only">
                  {props.quiet ? t('composer.mentionOff') : t('composer.mentionOn')}
                </span>
              </button>
            </Show>
            <IconButton label={t('composer.stopReplying')} onClick={() => props.onClose()}>
              <X size={16} />
            </IconButton>
          </div>
        );
      }}
    </Show>
  );
}
