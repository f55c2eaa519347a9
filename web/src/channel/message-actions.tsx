import type { Message } from '@harmonium/api/message';
import Pencil from 'lucide-solid/icons/pencil';
import Trash from 'lucide-solid/icons/trash';
import { Show } from 'solid-js';
import { IconButton } from '../design/icon-button.tsx';
import { t } from '../strings/strings.ts';
import { useConversation } from './conversation.tsx';

/** What one may do with a message; comes up on hover and with the keyboard's focus. */
export function MessageActions(props: { message: Message }) {
  const conversation = useConversation();
  return (
    <div
      role="group"
      aria-label={t('channel.actions')}
      class="absolute -top-4 right-6 z-10 flex gap-0.5 rounded-medium border border-line bg-raised p-0.5 opacity-0 shadow-float transition-opacity group-hover/line:opacity-100 focus-within:opacity-100"
    >
      <Show when={conversation.canEdit(props.message)}>
        <IconButton
          label={t('channel.edit')}
          onClick={() => conversation.startEdit(props.message.id)}
        >
          <Pencil size={16} />
        </IconButton>
      </Show>
      <IconButton
        label={t('channel.remove')}
        class="hover:text-danger-ink"
        onClick={() => conversation.setRemoving(props.message)}
      >
        <Trash size={16} />
      </IconButton>
    </div>
  );
}
