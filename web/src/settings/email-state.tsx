import BadgeCheck from 'lucide-solid/icons/badge-check';
import { Show } from 'solid-js';
import { useToasts } from '../design/toast.tsx';
import { useInstance } from '../instance.tsx';
import { ENTRY_LINK } from '../login/entry-page.tsx';
import { problemSentence } from '../problems.ts';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/account.ts';
import { createSubmission } from '../submission.ts';

/** Whether the address is proven, and the way to prove it. */
export function EmailState() {
  const session = useSession();
  const instance = useInstance();
  const toasts = useToasts();
  const sending = createSubmission();
  const hasMail = () => instance()?.mail !== false;

  async function send(): Promise<void> {
    const went = await sending.run(() => session.call('POST /api/auth/resend-verification'));
    if (went) toasts.say(hasMail() ? t('account.sentAgain') : t('account.asked'));
    else toasts.complain(problemSentence(sending.problem()));
  }

  return (
    <Show
      when={session.user()?.emailVerified === false}
      fallback={
        <span class="inline-flex items-center gap-1 text-label text-live-ink">
          <BadgeCheck size={15} />
          {t('account.proven')}
        </span>
      }
    >
      <span class="text-label text-third">{t('account.unproven')}</span>
      <button
        type="button"
        class={`${ENTRY_LINK} text-label`}
        disabled={sending.busy()}
        onClick={() => void send()}
      >
        {hasMail() ? t('account.sendAgain') : t('account.askForLink')}
      </button>
    </Show>
  );
}
