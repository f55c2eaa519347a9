import { A } from '@solidjs/router';
import { Show, createEffect, createSignal } from 'solid-js';
import { ApiProblem } from '../api.ts';
import { Button } from '../design/button.tsx';
import { TextInput } from '../design/field.tsx';
import type { SessionEnd } from '../session.ts';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/strings.ts';
import { ENTRY_LINK, EntryNote, EntryPage, FormProblem } from './entry-page.tsx';
import { createEntry } from './entry.ts';
import { PasswordInput } from './password-input.tsx';
import { SecondFactorForm } from './second-factor-form.tsx';

const ENDS: Record<SessionEnd, string> = {
  elsewhere: t('entry.endedElsewhere'),
  safety: t('entry.endedForSafety'),
  deleted: t('entry.deleted'),
};

/** Name and password, then the second factor where there is one. */
export function LoginPage() {
  const session = useSession();
  const entry = createEntry();
  const [login, setLogin] = createSignal('');
  const [password, setPassword] = createSignal('');
  const [isCodeAsked, setCodeAsked] = createSignal(false);

  createEffect(() => {
    const problem = entry.problem();
    if (problem instanceof ApiProblem && problem.code === 'totp_required') {
      setCodeAsked(true);
      entry.clear();
    }
  });
  const enter = (totp?: string) =>
    void entry.enter(() => session.login({ login: login(), password: password(), totp }));

  return (
    <Show
      when={isCodeAsked()}
      fallback={
        <NameAndPassword
          entry={entry}
          login={login()}
          onLogin={setLogin}
          password={password()}
          onPassword={setPassword}
          onSubmit={() => enter()}
        />
      }
    >
      <SecondFactorForm
        problem={entry.sentence()}
        busy={entry.busy()}
        onCode={enter}
        onChange={entry.clear}
        onStartOver={() => {
          entry.clear();
          setPassword('');
          setCodeAsked(false);
        }}
      />
    </Show>
  );
}

function NameAndPassword(props: {
  entry: ReturnType<typeof createEntry>;
  login: string;
  onLogin: (login: string) => void;
  password: string;
  onPassword: (password: string) => void;
  onSubmit: () => void;
}) {
  const session = useSession();
  /** Why somebody who was in is asked to log in again. */
  const ended = () => {
    const state = session.state();
    return state.status === 'out' && state.why !== undefined ? ENDS[state.why] : undefined;
  };
  return (
    <EntryPage title={t('entry.loginTitle')} sentence={t('entry.loginSentence')}>
      <Show when={ended()}>{(sentence) => <EntryNote>{sentence()}</EntryNote>}</Show>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit();
        }}
      >
        <FormProblem sentence={props.entry.sentence()} />
        <div class="flex flex-col gap-5">
          <TextInput
            label={t('entry.loginName')}
            name="login"
            required
            focusFirst
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            maxLength={254}
            value={props.login}
            onInput={props.onLogin}
          />
          <PasswordInput
            autocomplete="current-password"
            value={props.password}
            onInput={props.onPassword}
          />
        </div>
        <p class="mt-2.5 text-right">
          <A href="/forgot" class={ENTRY_LINK}>
            {t('entry.forgot')}
          </A>
        </p>
        <Button type="submit" busy={props.entry.busy()} class="mt-4 w-full">
          {t('entry.loginButton')}
        </Button>
      </form>
      <p class="mt-6 text-center text-second">
        {t('entry.toRegister')}{' '}
        <A href={props.entry.elsewhere('/register')} class={ENTRY_LINK}>
          {t('entry.toRegisterLink')}
        </A>
      </p>
    </EntryPage>
  );
}
