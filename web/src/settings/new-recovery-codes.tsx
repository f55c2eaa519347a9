import { Show, createSignal } from 'solid-js';
import { Dialog } from '../design/dialog.tsx';
import { useApi } from '../session-context.tsx';
import { t } from '../strings/security.ts';
import { PasswordForm } from './password-form.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

/** Ten others in place of those that were kept, or lost. */
export function NewRecoveryCodes(props: { onClose: () => void }) {
  const call = useApi();
  const [codes, setCodes] = createSignal<readonly string[]>();

  async function make(password: string): Promise<void> {
    const body = { password };
    setCodes((await call('POST /api/users/@me/recovery-codes', { body })).recoveryCodes);
  }

  return (
    <Show
      when={codes()}
      fallback={
        <Dialog
          open
          onClose={props.onClose}
          title={t('security.newCodesTitle')}
          sentence={t('security.newCodesSentence')}
        >
          <PasswordForm button={t('security.next')} onPassword={make} onCancel={props.onClose} />
        </Dialog>
      }
    >
      {(list) => <RecoveryCodes codes={list()} onClose={props.onClose} />}
    </Show>
  );
}
