import Pin from 'lucide-solid/icons/pin';
import { Show, createSignal } from 'solid-js';
import { late } from '../design/late.tsx';
import { useToasts } from '../design/toast.tsx';
import { t } from '../strings/strings.ts';
import { useConversation } from './conversation.tsx';

export const PinsPanel = late(async () => (await import('./pins-panel.tsx')).PinsPanel);

/** Opens what is pinned in the channel. */
export function PinsButton() {
  const conversation = useConversation();
  const toasts = useToasts();
  const [at, setAt] = createSignal<DOMRect>();
  const count = () => conversation.room.timeline().pins.length;
  return (
    <>
      <button
        type="button"
        aria-label={t('channel.pins', count())}
        title={t('channel.pins', count())}
        aria-haspopup="dialog"
        aria-expanded={at() !== undefined}
        class="touch-target inline-flex h-8 min-w-8 shrink-0 items-center justify-center gap-1 rounded-small px-1.5 text-second transition hover:bg-raised hover:text-ink aria-expanded:bg-raised aria-expanded:text-ink"
        onClick={(event) => setAt(event.currentTarget.getBoundingClientRect())}
      >
        <Pin size={18} />
        <Show when={count() > 0}>
          <span class="text-label font-medium tabular-nums">{count()}</span>
        </Show>
      </button>
      <Show when={at()}>
        {(place) => (
          <PinsPanel
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
