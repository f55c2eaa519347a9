import { A } from '@solidjs/router';
import { Match, Show, Switch, createResource, createSignal } from 'solid-js';
import { Button } from '../design/button.tsx';
import { TextInput } from '../design/field.tsx';
import { useInstance } from '../instance.tsx';
import { useApi, useSession } from '../session-context.tsx';
import { t } from '../strings/strings.ts';
import { EntryPage, FormProblem } from './entry-page.tsx';
import { createEntry } from './entry.ts';
import { PasswordInput } from './password-input.tsx';

export function RegisterPage() {
  const entry = createEntry();
  const instance = useInstance();
  const call = useApi();

  const [invitedTo] = createResource(
    () => entry.query.invite,
    (code) =>
      call('GET /api/invites/:code', { params: { code } })
        .then((preview) => preview.server.name)
        .catch(() => undefined),
  );
  const isOwner = () => entry.query.owner !== undefined;
  const mayRegister = () => {
    if (isOwner()) return true;
    const mode = instance()?.registration;
    return mode === 'invite' ? entry.query.invite !== undefined : mode !== 'closed';
  };
  const sentence = () => {
    if (isOwner()) return t('entry.ownerSentence');
    const server = invitedTo.state === 'ready' ? invitedTo.latest : undefined;
    return server === undefined ? t('entry.registerSentence') : t('entry.inviteSentence', server);
  };

  return (
    <EntryPage
      title={isOwner() ? t('entry.ownerTitle') : t('entry.registerTitle')}
      sentence={sentence()}
    >
      <Show
        when={mayRegister()}
        fallback={<NoRegistration closed={instance()?.registration === 'closed'} />}
      >
        <RegisterForm entry={entry} />
      </Show>
      <p class="mt-6 text-center text-second">
        {t('entry.toLogin')}{' '}
        <A href={entry.elsewhere('/login')} class="font-medium text-brass-ink hover:underline">
          {t('entry.toLoginLink')}
        </A>
      </p>
    </EntryPage>
  );
}

function NoRegistration(props: { closed: boolean }) {
  return (
    <p class="rounded-medium bg-raised px-4 py-3.5 text-center text-second">
      <Switch fallback={t('entry.registrationByInvite')}>
        <Match when={props.closed}>{t('entry.registrationClosed')}</Match>
      </Switch>
    </p>
  );
}

function RegisterForm(props: { entry: ReturnType<typeof createEntry> }) {
  const session = useSession();
  const [username, setUsername] = createSignal('');
  const [email, setEmail] = createSignal('');
  const [password, setPassword] = createSignal('');

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    void props.entry.enter(() =>
      session.register({
        username: username(),
        email: email(),
        password: password(),
        invite: props.entry.query.invite,
        ownerCode: props.entry.query.owner,
      }),
    );
  }

  return (
    <form onSubmit={submit}>
      <FormProblem sentence={props.entry.sentence()} />
      <div class="flex flex-col gap-5">
        <TextInput
          label={t('entry.username')}
          hint={t('entry.usernameHint')}
          problem={props.entry.fieldProblem('username')}
          name="username"
          required
          focusFirst
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          minLength={2}
          maxLength={32}
          value={username()}
          onInput={setUsername}
        />
        <TextInput
          label={t('entry.email')}
          problem={props.entry.fieldProblem('email')}
          name="email"
          type="email"
          required
          autocomplete="email"
          maxLength={254}
          value={email()}
          onInput={setEmail}
        />
        <PasswordInput
          hint={t('entry.passwordHint')}
          problem={props.entry.fieldProblem('password')}
          autocomplete="new-password"
          value={password()}
          onInput={setPassword}
        />
      </div>
      <Button type="submit" busy={props.entry.busy()} class="mt-7 w-full">
        {t('entry.registerButton')}
      </Button>
    </form>
  );
}
