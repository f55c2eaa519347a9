import MailCheck from 'lucide-solid/icons/mail-check';
import { Show, createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/door.ts';
import { createSubmission } from '../submission.ts';

const DISMISSED = 'harmonium.verify.dismissed';

/** Reminds of the letter that proves the address, until it is proven or put away. */
export function VerifyNotice() {
  const session = useSession();
  const toasts = useToasts();
  const sending = createSubmission();
  const [dismissed, setDismissed] = createSignal(localStorage.getItem(DISMISSED));
  // Another address is another letter.
  const email = () => {
    const user = session.user();
    if (user === undefined || user.emailVerified || user.email === dismissed()) return undefined;
    return user.email;
  };

  async function send(): Promise<void> {
    const went = await sending.run(() => session.call('POST /api/auth/resend-verification'));
    if (went) toasts.say(t('door.sentAgain'));
    else toasts.complain(problemSentence(sending.problem()));
    // Proven on another device meanwhile, perhaps.
    await session.reload();
  }
  function dismiss(address: string): void {
    localStorage.setItem(DISMISSED, address);
    setDismissed(address);
  }

  return (
    <Show when={email()}>
      {(address) => (
        <section
          aria-label={t('door.noticeTitle')}
          class="mx-2 mb-2 shrink-0 animate-rise rounded-medium bg-raised p-3"
        >
          <p class="flex items-center gap-2 font-medium">
            <MailCheck size={16} class="shrink-0 text-brass-ink" />
            {t('door.noticeTitle')}
          </p>
          <p class="mt-1 text-label wrap-anywhere text-second">
            {t('door.noticeSentence', address())}
          </p>
          <div class="mt-2.5 flex gap-2">
            <Button
              look="quiet"
              class="min-h-8 flex-1 px-2"
              busy={sending.busy()}
              onClick={() => void send()}
            >
              {t('door.sendAgain')}
            </Button>
            <Button look="bare" class="min-h-8 px-2.5" onClick={() => dismiss(address())}>
              {t('door.dismiss')}
            </Button>
          </div>
        </section>
      )}
    </Show>
  );
}
