import { Show } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { Button } from '../design/button.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { formProblem } from '../problems.ts';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/settings.ts';
import { createSubmission } from '../submission.ts';

export function AccountSection() {
  const session = useSession();
  const leaving = createSubmission();
  return (
    <Show when={session.user()}>
      {(user) => (
        <>
          <div class="flex items-center gap-4 rounded-large bg-side p-5">
            <Avatar user={user()} size={64} />
            <div class="min-w-0">
              <p class="truncate text-title font-bold">{user().username}</p>
              <p class="text-second">{t('settings.since', day(user().createdAt))}</p>
            </div>
          </div>
          <dl class="mt-6 divide-y divide-line">
            <div class="flex flex-wrap justify-between gap-x-6 gap-y-1 py-3.5">
              <dt class="text-second">{t('settings.name')}</dt>
              <dd class="wrap-anywhere">{user().username}</dd>
            </div>
            <div class="flex flex-wrap justify-between gap-x-6 gap-y-1 py-3.5">
              <dt class="text-second">{t('settings.email')}</dt>
              <dd class="wrap-anywhere">{user().email}</dd>
            </div>
          </dl>
          <Show when={user().instanceOwner}>
            <p class="mt-4 rounded-medium bg-brass-wash px-4 py-3 text-brass-ink">
              {t('settings.owner')}
            </p>
          </Show>
          <div class="mt-8">
            <FormProblem sentence={formProblem(leaving.problem())} />
            <Button
              look="quiet"
              busy={leaving.busy()}
              onClick={() => void leaving.run(() => session.logout())}
            >
              {t('settings.logout')}
            </Button>
            <p class="mt-2 text-label text-third">{t('settings.logoutSentence')}</p>
          </div>
        </>
      )}
    </Show>
  );
}

const day = (time: string): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'long' }).format(new Date(time));
