import Timer from 'lucide-solid/icons/timer';
import { Show, createEffect, createSignal, onCleanup } from 'solid-js';
import { t } from '../strings/strings.ts';
import { useConversation } from './conversation.tsx';
import { leftName } from './left-name.ts';
import { clockTime, fullTime } from './times.ts';

/** Once a timeout is over, the room says so within this, in milliseconds. */
const TOLD_WITHIN_MS = 5_000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** In place of the composer: why one cannot write, and until when. */
export function WhyReadOnly() {
  const conversation = useConversation();
  const [now, setNow] = createSignal(Date.now());
  const until = () => {
    const end = conversation.timeoutUntil();
    return end !== undefined && now() < end + TOLD_WITHIN_MS ? end : undefined;
  };
  createEffect(() => {
    if (conversation.timeoutUntil() === undefined) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    onCleanup(() => clearInterval(timer));
  });
  const endName = (end: number) => (end - now() < DAY_MS ? clockTime(end) : fullTime(end));

  return (
    <Show when={until()} fallback={<p>{t('channel.readOnly')}</p>}>
      {(end) => (
        <div class="flex items-center gap-3">
          <Timer size={20} class="shrink-0 text-brass-ink" />
          <p role="status" class="min-w-0 flex-1 text-second">
            {t('channel.timedOut', endName(end()))}
          </p>
          {/* Changes every second: to be seen, not to be read out. */}
          <span
            aria-hidden="true"
            data-left={leftName(end() - now())}
            class="shrink-0 font-bold text-brass-ink tabular-nums before:content-[attr(data-left)]"
          />
        </div>
      )}
    </Show>
  );
}
