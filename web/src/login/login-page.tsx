import { A } from '@solidjs/router';
import { createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { TextInput } from '../design/field.tsx';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/strings.ts';
import { EntryPage, FormProblem } from './entry-page.tsx';
import { createEntry } from './entry.ts';
import { PasswordInput } from './password-input.tsx';

export function LoginPage() {
  const session = useSession();
  const entry = createEntry();
  const [login, setLogin] = createSignal('');
  const [password, setPassword] = createSignal('');

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    void entry.enter(() => session.login({ login: login(), password: password() }));
  }

  return (
    <EntryPage title={t('entry.loginTitle')} sentence={t('entry.loginSentence')}>
      <form onSubmit={submit}>
        <FormProblem sentence={entry.sentence()} />
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
            value={login()}
            onInput={setLogin}
          />
          <PasswordInput autocomplete="current-password" value={password()} onInput={setPassword} />
        </div>
        <Button type="submit" busy={entry.busy()} class="mt-7 w-full">
          {t('entry.loginButton')}
        </Button>
      </form>
      <p class="mt-6 text-center text-second">
        {t('entry.toRegister')}{' '}
        <A href={entry.elsewhere('/register')} class="font-medium text-brass-ink hover:underline">
          {t('entry.toRegisterLink')}
        </A>
      </p>
    </EntryPage>
  );
}
