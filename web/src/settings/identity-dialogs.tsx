import type { Me } from '@harmonium/api/user';
import { createSignal } from 'solid-js';
import { Dialog } from '../design/dialog.tsx';
import { TextInput } from '../design/field.tsx';
import { useToasts } from '../design/toast.tsx';
import { useInstance } from '../instance.tsx';
import { PasswordInput } from '../login/password-input.tsx';
import { fieldProblem } from '../problems.ts';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/account.ts';
import { PasswordForm } from './password-form.tsx';

interface IdentityDialogProps {
  user: Me;
  onClose: () => void;
}

export function NameDialog(props: IdentityDialogProps) {
  const { call, learn } = useSession();
  const toasts = useToasts();
  const [username, setUsername] = createSignal(props.user.username);

  async function save(password: string): Promise<void> {
    learn(await call('PATCH /api/users/@me', { body: { username: username(), password } }));
    toasts.say(t('account.nameChanged'));
    props.onClose();
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('account.changeName')}
      sentence={t('account.nameSentence')}
    >
      <PasswordForm
        button={t('account.save')}
        label={t('account.currentPassword')}
        onPassword={save}
        onCancel={props.onClose}
        fields={(problem) => (
          <TextInput
            label={t('account.name')}
            hint={t('account.nameHint')}
            problem={fieldProblem(problem(), 'username')}
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
        )}
      />
    </Dialog>
  );
}

export function EmailDialog(props: IdentityDialogProps) {
  const { call, learn } = useSession();
  const instance = useInstance();
  const toasts = useToasts();
  const [email, setEmail] = createSignal(props.user.email);

  async function save(password: string): Promise<void> {
    const user = await call('PATCH /api/users/@me', { body: { email: email(), password } });
    learn(user);
    const isSent = instance()?.mail === true && !user.emailVerified;
    toasts.say(isSent ? t('account.emailChangedMail', user.email) : t('account.emailChanged'));
    props.onClose();
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('account.changeEmail')}
      sentence={t('account.emailSentence')}
    >
      <PasswordForm
        button={t('account.save')}
        label={t('account.currentPassword')}
        onPassword={save}
        onCancel={props.onClose}
        fields={(problem) => (
          <TextInput
            label={t('account.email')}
            problem={fieldProblem(problem(), 'email')}
            type="email"
            required
            focusFirst
            autocomplete="email"
            maxLength={254}
            value={email()}
            onInput={setEmail}
          />
        )}
      />
    </Dialog>
  );
}

export function PasswordDialog(props: { onClose: () => void }) {
  const { call } = useSession();
  const toasts = useToasts();
  const [next, setNext] = createSignal('');

  async function save(current: string): Promise<void> {
    await call('POST /api/users/@me/password', { body: { current, password: next() } });
    toasts.say(t('account.passwordChanged'));
    props.onClose();
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('account.changePassword')}
      sentence={t('account.passwordSentence')}
    >
      <PasswordForm
        button={t('account.changePassword')}
        label={t('account.currentPassword')}
        onPassword={save}
        onCancel={props.onClose}
        after={(problem) => (
          <PasswordInput
            label={t('account.newPassword')}
            hint={t('account.passwordHint')}
            problem={fieldProblem(problem(), 'password')}
            autocomplete="new-password"
            value={next()}
            onInput={setNext}
          />
        )}
      />
    </Dialog>
  );
}
