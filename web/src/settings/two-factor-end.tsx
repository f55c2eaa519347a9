import { createSignal } from 'solid-js';
import { Dialog } from '../design/dialog.tsx';
import { useToasts } from '../design/toast.tsx';
import { CodeInput } from '../login/code-input.tsx';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/security.ts';
import { PasswordForm } from './password-form.tsx';

/** Ends the second factor; asks for it once more. */
export function TwoFactorEnd(props: { onClose: () => void }) {
  const { call, reload } = useSession();
  const toasts = useToasts();
  const [code, setCode] = createSignal('');

  async function end(password: string): Promise<void> {
    await call('DELETE /api/users/@me/totp', { body: { password, code: code() } });
    toasts.say(t('security.isOff'));
    props.onClose();
    await reload();
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('security.offTitle')}
      sentence={t('security.offWarning')}
    >
      <PasswordForm
        danger
        button={t('security.turnOff')}
        onPassword={end}
        onCancel={props.onClose}
        after={() => (
          <CodeInput
            kind="recovery"
            label={t('security.anyCode')}
            value={code()}
            onInput={setCode}
          />
        )}
      />
    </Dialog>
  );
}
