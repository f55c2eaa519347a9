import { A, useSearchParams } from '@solidjs/router';
import { Match, Switch, createSignal } from 'solid-js';
import { ApiProblem } from '../api.ts';
import { Button } from '../design/button.tsx';
import { LINK_BUTTON } from '../design/link-button.ts';
import { fieldProblem, formProblem } from '../problems.ts';
import { useApi, useSession } from '../session-context.tsx';
import { t } from '../strings/door.ts';
import { createSubmission } from '../submission.ts';
import { EntryPage, FormProblem } from './entry-page.tsx';
import { PasswordInput } from './password-input.tsx';

/** Where the link of a letter leads that was asked for by somebody without their password. */
export function ResetPage() {
  const session = useSession();
  const call = useApi();
  const [query] = useSearchParams<{ token?: string }>();
  const [password, setPassword] = createSignal('');
  const [isDone, setDone] = createSignal(false);
  const saving = createSubmission();
  const hasEnded = () => {
    const problem = saving.problem();
    if (query.token === undefined || query.token === '') return true;
    return problem instanceof ApiProblem && problem.code === 'link_ended';
  };
  const wrong = () => fieldProblem(saving.problem(), 'password');

  async function save(): Promise<void> {
    const token = query.token ?? '';
    await call('POST /api/auth/reset-password', { body: { token, password: password() } });
    setDone(true);
    // It ended every session, and so perhaps this browser's own.
    if (session.user() !== undefined) await session.resume();
  }

  return (
    <Switch
      fallback={
        <EntryPage title={t('door.resetTitle')} sentence={t('door.resetSentence')}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void saving.run(save);
            }}
          >
            <FormProblem
              sentence={wrong() === undefined ? formProblem(saving.problem()) : undefined}
            />
            <PasswordInput
              label={t('door.newPassword')}
              hint={t('door.passwordHint')}
              problem={wrong()}
              focusFirst
              autocomplete="new-password"
              value={password()}
              onInput={setPassword}
            />
            <Button type="submit" busy={saving.busy()} class="mt-7 w-full">
              {t('door.resetButton')}
            </Button>
          </form>
        </EntryPage>
      }
    >
      <Match when={isDone()}>
        <EntryPage title={t('door.resetDoneTitle')} sentence={t('door.resetDoneSentence')}>
          <A href="/login" class={`${LINK_BUTTON} w-full`}>
            {t('door.toLogin')}
          </A>
        </EntryPage>
      </Match>
      <Match when={hasEnded()}>
        <EntryPage title={t('door.endedTitle')} sentence={t('door.resetEndedSentence')}>
          <A href="/forgot" class={`${LINK_BUTTON} w-full`}>
            {t('door.newLink')}
          </A>
        </EntryPage>
      </Match>
    </Switch>
  );
}
