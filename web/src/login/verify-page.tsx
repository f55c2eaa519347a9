import { A, useSearchParams } from '@solidjs/router';
import { Match, Show, Switch, createSignal, onMount } from 'solid-js';
import { ApiProblem } from '../api.ts';
import { Button } from '../design/button.tsx';
import { LINK_BUTTON } from '../design/link-button.ts';
import { useToasts } from '../design/toast.tsx';
import { problemSentence } from '../problems.ts';
import { useApi, useSession } from '../session-context.tsx';
import { t } from '../strings/door.ts';
import { createSubmission } from '../submission.ts';
import { EntryPage } from './entry-page.tsx';
import { Splash } from './splash.tsx';

/** Where the link of a letter leads that proves an address. */
export function VerifyPage() {
  const session = useSession();
  const call = useApi();
  const [query] = useSearchParams<{ token?: string }>();
  const [isProven, setProven] = createSignal(false);
  const proving = createSubmission();
  const failure = () => proving.problem();
  const hasEnded = () => {
    const problem = failure();
    if (query.token === undefined || query.token === '') return true;
    return problem instanceof ApiProblem && problem.code === 'link_ended';
  };

  async function prove(): Promise<void> {
    if (query.token === undefined || query.token === '') return;
    await call('POST /api/auth/verify-email', { body: { token: query.token } });
    setProven(true);
    void session.reload();
  }
  onMount(() => void proving.run(prove));

  return (
    <Switch fallback={<Splash />}>
      <Match when={isProven()}>
        <EntryPage title={t('door.verifiedTitle')} sentence={t('door.verifiedSentence')}>
          <A href="/" class={`${LINK_BUTTON} w-full`}>
            {t('door.toApp')}
          </A>
        </EntryPage>
      </Match>
      <Match when={hasEnded()}>
        <EntryPage title={t('door.endedTitle')} sentence={t('door.verifyEndedSentence')}>
          <Another />
        </EntryPage>
      </Match>
      <Match when={failure()}>
        {(problem) => (
          <EntryPage title={t('door.verifyFailedTitle')} sentence={problemSentence(problem())}>
            <Button class="w-full" onClick={() => void proving.run(prove)}>
              {t('door.retry')}
            </Button>
          </EntryPage>
        )}
      </Match>
    </Switch>
  );
}

/** The way on after a link that has ended: another one, for whoever is logged in. */
function Another() {
  const session = useSession();
  const toasts = useToasts();
  const sending = createSubmission();

  async function send(): Promise<void> {
    const went = await sending.run(() => session.call('POST /api/auth/resend-verification'));
    if (went) toasts.say(t('door.sentAgain'));
    else toasts.complain(problemSentence(sending.problem()));
  }

  return (
    <Show
      when={session.user()?.emailVerified === false}
      fallback={
        <>
          <Show when={session.state().status === 'out'}>
            <p class="mb-5 text-center text-second">{t('door.verifyEndedHint')}</p>
          </Show>
          <A href="/" class={`${LINK_BUTTON} w-full`}>
            {t('door.toApp')}
          </A>
        </>
      }
    >
      <Button busy={sending.busy()} class="w-full" onClick={() => void send()}>
        {t('door.sendAgain')}
      </Button>
    </Show>
  );
}
