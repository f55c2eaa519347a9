import Check from 'lucide-solid/icons/check';
import WifiOff from 'lucide-solid/icons/wifi-off';
import { Match, Switch, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { useRooms } from '../room/rooms.tsx';
import { t } from '../strings/strings.ts';

/** A blink is not worth a word: it shows when the connection has been away for this long. */
const QUIET_MS = 700;
const BACK_SHOWN_MS = 2_500;

type Shown = 'nothing' | 'connecting' | 'lost' | 'back';

/** How the connection stands, in words; nothing while it stands. */
export function ConnectionBanner() {
  const rooms = useRooms();
  const [shown, setShown] = createSignal<Shown>('nothing');
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  function later(wait: number, next: Shown): void {
    clearTimeout(timer);
    timer = setTimeout(() => setShown(next), wait);
  }

  createEffect(
    on([() => rooms.connection(), () => rooms.offline()], ([phase, offline]) => {
      if (phase === 'connected') {
        clearTimeout(timer);
        if (shown() !== 'lost') return void setShown('nothing');
        setShown('back');
        later(BACK_SHOWN_MS, 'nothing');
      } else if (phase === 'ended') {
        clearTimeout(timer);
        setShown('nothing');
      } else if (offline) {
        clearTimeout(timer);
        setShown('lost');
      } else if (shown() !== 'lost') {
        later(phase === 'lost' ? QUIET_MS : QUIET_MS * 3, phase === 'lost' ? 'lost' : 'connecting');
      }
    }),
  );

  return (
    <div role="status" class="shrink-0">
      <Switch>
        <Match when={shown() === 'lost' || shown() === 'connecting'}>
          <div class="flex animate-appear items-center gap-3 bg-brass-wash px-5 py-2 max-tablet:px-4">
            <WifiOff size={16} class="shrink-0 text-brass-ink" />
            <p class="flex-1">
              {shown() === 'lost' ? t('channel.connectionLost') : t('channel.connecting')}
            </p>
            <button
              type="button"
              class="touch-target shrink-0 font-medium text-brass-ink underline decoration-brass-ink/40 underline-offset-2 hover:decoration-current"
              onClick={() => rooms.wake()}
            >
              {t('channel.retryNow')}
            </button>
          </div>
        </Match>
        <Match when={shown() === 'back'}>
          <div class="flex animate-appear items-center gap-3 px-5 py-2 text-live-ink max-tablet:px-4">
            <Check size={16} class="shrink-0" />
            <p>{t('channel.backOnline')}</p>
          </div>
        </Match>
      </Switch>
    </div>
  );
}
