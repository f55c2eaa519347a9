import Bell from 'lucide-solid/icons/bell';
import MessageSquareText from 'lucide-solid/icons/message-square-text';
import Volume2 from 'lucide-solid/icons/volume-2';
import { Show, createSignal, onCleanup } from 'solid-js';
import { Button } from '../design/button.tsx';
import { Switch } from '../design/switch.tsx';
import { t } from '../strings/notifying.ts';
import { createTone } from '../unread/notifying/tone.ts';
import { useUnread } from '../unread/use-unread.ts';

type Permission = NotificationPermission | 'missing';
const permissionNow = (): Permission =>
  'Notification' in globalThis ? Notification.permission : 'missing';

/** How this browser tells of what is new. */
export function NotificationsSection() {
  const { preferences } = useUnread();
  const chosen = preferences.all;
  const [permission, setPermission] = createSignal(permissionNow());
  const tone = createTone(() => new AudioContext());
  onCleanup(() => tone.close());
  const isShown = () => chosen().desktop && permission() === 'granted';

  async function wantDesktop(desktop: boolean): Promise<void> {
    if (desktop && permission() === 'default') {
      setPermission(await Notification.requestPermission());
    }
    preferences.choose({ desktop, asked: true });
  }

  function tryIt(): void {
    if (chosen().sound) tone.play(chosen().volume);
    if (!isShown()) return;
    const body = t(chosen().preview ? 'notify.testBody' : 'notify.something');
    void new Notification(t('notify.testTitle'), { body, icon: '/icon-192.png', silent: true });
  }

  return (
    <div class="flex max-w-[560px] flex-col gap-6">
      <Switch
        icon={Bell}
        label={t('notify.desktop')}
        sentence={t('notify.desktopSentence')}
        checked={isShown()}
        disabled={permission() === 'missing' || permission() === 'denied'}
        onChange={(desktop) => void wantDesktop(desktop)}
      />
      <Show when={permission() === 'denied' || permission() === 'missing'}>
        <p role="status" class="-mt-3 pl-[35px] text-danger-ink">
          {permission() === 'denied' ? t('notify.blocked') : t('notify.missing')}
        </p>
      </Show>
      <Switch
        icon={MessageSquareText}
        label={t('notify.preview')}
        sentence={t('notify.previewSentence')}
        checked={chosen().preview}
        disabled={!isShown()}
        onChange={(preview) => preferences.choose({ preview })}
      />
      <Switch
        icon={Volume2}
        label={t('notify.sound')}
        sentence={t('notify.soundSentence')}
        checked={chosen().sound}
        onChange={(sound) => preferences.choose({ sound })}
      />
      <label class="flex items-center gap-4 pl-[35px] has-disabled:opacity-60">
        <span class="w-20 shrink-0 text-second">{t('notify.volume')}</span>
        <input
          type="range"
          min="0"
          max="1"
          step="0.05"
          class="h-6 min-w-0 flex-1 accent-brass"
          value={chosen().volume}
          disabled={!chosen().sound}
          onInput={(event) => preferences.choose({ volume: event.currentTarget.valueAsNumber })}
        />
      </label>
      <div class="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line pt-6">
        <Button look="quiet" disabled={!isShown() && !chosen().sound} onClick={tryIt}>
          {t('notify.test')}
        </Button>
        <p class="min-w-56 flex-1 text-pretty text-third">{t('notify.dnd')}</p>
      </div>
    </div>
  );
}
