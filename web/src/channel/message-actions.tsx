import type { Message } from '@harmonium/api/message';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Pencil from 'lucide-solid/icons/pencil';
import Reply from 'lucide-solid/icons/reply';
import SmilePlus from 'lucide-solid/icons/face-slightly-smiling-plus';
import Trash from 'lucide-solid/icons/trash';
import { For, Show } from 'solid-js';
import { IconButton } from '../design/icon-button.tsx';
import { t } from '../strings/strings.ts';
import { useConversation } from './conversation.tsx';
import { EmojiFace } from './emoji-face.tsx';

/** Of the emoji used last, those that are one click away. */
const QUICK = 3;

/** What one may do with a message; comes up on hover and with the keyboard's focus. */
export function MessageActions(props: { message: Message }) {
  const conversation = useConversation();
  const { list, room } = conversation;
  const has = (emoji: string) =>
    room.reactions.of(props.message).some((reaction) => reaction.emoji === emoji && reaction.me);
  const placeOf = (button: Element) => button.getBoundingClientRect();
  return (
    <div
      role="group"
      aria-label={t('channel.actions')}
      class="absolute -top-4 right-6 z-10 flex gap-0.5 rounded-medium border border-line bg-raised p-0.5 shadow-float pointer-coarse:hidden"
    >
      <Show when={conversation.canReact()}>
        <For each={conversation.recentEmoji().slice(0, QUICK)}>
          {(emoji) => (
            <IconButton
              label={t('channel.reactWith', conversation.emoji.nameOf(emoji))}
              aria-pressed={has(emoji)}
              class="aria-pressed:bg-brass-wash max-desktop:hidden"
              onClick={() => void conversation.react(props.message, emoji, !has(emoji))}
            >
              <EmojiFace emoji={emoji} size={16} />
            </IconButton>
          )}
        </For>
        <IconButton
          label={t('channel.addReaction')}
          onClick={(event) =>
            list.ask({ about: 'emoji', message: props.message, at: placeOf(event.currentTarget) })
          }
        >
          <SmilePlus size={16} />
        </IconButton>
      </Show>
      <Show when={conversation.canAnswer(props.message)}>
        <IconButton
          label={t('channel.reply')}
          onClick={() => conversation.setReplying(props.message)}
        >
          <Reply size={16} />
        </IconButton>
      </Show>
      <Show when={conversation.canEdit(props.message)}>
        <IconButton
          label={t('channel.edit')}
          onClick={() => conversation.startEdit(props.message.id)}
        >
          <Pencil size={16} />
        </IconButton>
      </Show>
      <Show
        when={list.isShiftDown() && conversation.canRemove(props.message)}
        fallback={
          <IconButton
            label={t('channel.more')}
            aria-haspopup="menu"
            onClick={(event) =>
              list.ask({ about: 'menu', message: props.message, at: placeOf(event.currentTarget) })
            }
          >
            <Ellipsis size={16} />
          </IconButton>
        }
      >
        <IconButton
          label={t('channel.removeNow')}
          class="text-danger-ink hover:text-danger-ink"
          onClick={() => void conversation.remove(props.message)}
        >
          <Trash size={16} />
        </IconButton>
      </Show>
    </div>
  );
}
