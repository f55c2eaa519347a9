import Plus from 'lucide-solid/icons/plus';
import { Show } from 'solid-js';
import { useConversation } from '../channel/conversation.tsx';
import { t } from '../strings/strings.ts';
import { useFiles } from './files-provider.tsx';

/** Chooses files from the disk. */
export function AttachButton() {
  const conversation = useConversation();
  const files = useFiles();
  let input: HTMLInputElement | undefined;
  return (
    <Show when={conversation.canAttach()}>
      <button
        type="button"
        aria-label={t('composer.attach')}
        title={t('composer.attach')}
        class="touch-target -ml-2 grid size-[38px] shrink-0 place-items-center rounded-medium text-third transition hover:bg-raised-more hover:text-ink"
        onPointerEnter={() => void files.load().catch(() => undefined)}
        onClick={() => input?.click()}
      >
        <Plus size={20} />
      </button>
      <input
        ref={(element) => (input = element)}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          files.add(conversation.room.id, Array.from(event.currentTarget.files ?? []));
          // The same file can be chosen again.
          event.currentTarget.value = '';
        }}
      />
    </Show>
  );
}
