import BellRing from 'lucide-solid/icons/bell-ring';
import { Button } from '../design/button.tsx';
import { t } from '../strings/unread.ts';
import { useUnread } from './use-unread.ts';

/** After the first mention: asks once whether one wants to hear of the next. */
export function NotifyCard() {
  const { preferences } = useUnread();

  async function turnOn(): Promise<void> {
    const answer = await Notification.requestPermission();
    preferences.choose({ asked: true, desktop: answer === 'granted' });
  }

  return (
    <section
      aria-label={t('unread.askTitle')}
      class="mx-2 mb-2 shrink-0 animate-rise rounded-medium bg-raised p-3"
    >
      <p class="flex items-center gap-2 font-medium">
        <BellRing size={16} class="shrink-0 text-brass-ink" />
        {t('unread.askTitle')}
      </p>
      <p class="mt-1 text-label text-pretty text-second">{t('unread.askSentence')}</p>
      <div class="mt-2.5 flex gap-2">
        <Button look="quiet" class="min-h-8 flex-1 px-2" onClick={() => void turnOn()}>
          {t('unread.askYes')}
        </Button>
        <Button
          look="bare"
          class="min-h-8 px-2.5"
          onClick={() => preferences.choose({ asked: true })}
        >
          {t('unread.askNo')}
        </Button>
      </div>
    </section>
  );
}
