import Pin from 'lucide-solid/icons/pin';
import { Show, Suspense, createSignal, lazy } from 'solid-js';
import { t } from '../strings/strings.ts';
import { useConversation } from './conversation.tsx';

const PinsPanel = lazy(async () => ({ default: (await import('./pins-panel.tsx')).PinsPanel }));

/** Opens what is pinned in the channel. */
export function PinsButton() {
  const conversation = useConversation();
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
          <Suspense>
            <PinsPanel at={place()} onClose={() => setAt(undefined)} />
          </Suspense>
        )}
      </Show>
    </>
  );
}
