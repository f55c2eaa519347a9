import MessagesSquare from 'lucide-solid/icons/messages-square';
import { Show, createSignal } from 'solid-js';
import { useConversation } from '../channel/conversation.tsx';
import { late } from '../design/late.tsx';
import { useToasts } from '../design/toast.tsx';
import { t } from '../strings/strings.ts';

const ThreadsPanel = late(async () => (await import('./threads-panel.tsx')).ThreadsPanel);
const OpenThreadMenu = late(async () => (await import('./open-thread-menu.tsx')).OpenThreadMenu);

/** Opens the threads of the channel; of a thread, what may be done with it. */
export function ThreadsButton() {
  const conversation = useConversation();
  const toasts = useToasts();
  const [at, setAt] = createSignal<DOMRect>();
  return (
    <>
      <Show when={conversation.channel()?.type === 'text'}>
        <button
          type="button"
          aria-label={t('channel.threads')}
          title={t('channel.threads')}
          aria-haspopup="dialog"
          aria-expanded={at() !== undefined}
          class="touch-target inline-grid size-8 shrink-0 place-items-center rounded-small text-second transition hover:bg-raised hover:text-ink aria-expanded:bg-raised aria-expanded:text-ink"
          onClick={(event) => setAt(event.currentTarget.getBoundingClientRect())}
        >
          <MessagesSquare size={18} />
        </button>
      </Show>
      <Show when={conversation.channel()?.type === 'thread'}>
        <OpenThreadMenu />
      </Show>
      <Show when={at()}>
        {(place) => (
          <ThreadsPanel
            at={place()}
            onClose={() => setAt(undefined)}
            onFailure={() => {
              toasts.complain(t('problems.offline'));
              setAt(undefined);
            }}
          />
        )}
      </Show>
    </>
  );
}
