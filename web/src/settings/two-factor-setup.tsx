import type { TotpSetup } from '@harmonium/api/account';
import { Show, createSignal, onMount } from 'solid-js';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { Dialog } from '../design/dialog.tsx';
import { useToasts } from '../design/toast.tsx';
import { CodeInput } from '../login/code-input.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { formProblem } from '../problems.ts';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/security.ts';
import { createSubmission } from '../submission.ts';
import { PasswordForm } from './password-form.tsx';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

/** Password, picture to scan, first code, recovery codes. */
export function TwoFactorSetup(props: { onClose: () => void }) {
  const { call, reload } = useSession();
  const toasts = useToasts();
  const [setup, setSetup] = createSignal<TotpSetup>();
  const [codes, setCodes] = createSignal<readonly string[]>();

  async function begin(password: string): Promise<void> {
    setSetup(await call('POST /api/users/@me/totp', { body: { password } }));
  }
  async function confirm(code: string): Promise<void> {
    const { recoveryCodes } = await call('POST /api/users/@me/totp/confirm', { body: { code } });
    setCodes(recoveryCodes);
    toasts.say(t('security.isOn'));
    await reload();
  }

  return (
    <Show
      when={codes()}
      fallback={
        // One dialog for both steps: another would take the focus back to the button behind it.
        <Dialog
          open
          onClose={props.onClose}
          title={setup() === undefined ? t('security.passwordTitle') : t('security.scanTitle')}
          sentence={
            setup() === undefined ? t('security.passwordSentence') : t('security.scanSentence')
          }
        >
          <Show
            when={setup()}
            fallback={
              <PasswordForm
                button={t('security.next')}
                onPassword={begin}
                onCancel={props.onClose}
              />
            }
          >
            {(known) => <Scan setup={known()} onCode={confirm} onClose={props.onClose} />}
          </Show>
        </Dialog>
      }
    >
      {(list) => <RecoveryCodes codes={list()} onClose={props.onClose} />}
    </Show>
  );
}

function Scan(props: {
  setup: TotpSetup;
  onCode: (code: string) => Promise<void>;
  onClose: () => void;
}) {
  const [code, setCode] = createSignal('');
  const sending = createSubmission();
  let form: HTMLFormElement | undefined;
  onMount(() => {
    const field = form?.querySelector('[data-focus-first]');
    if (field instanceof HTMLElement) field.focus();
  });
  const send = (digits: string) => void sending.run(() => props.onCode(digits));
  return (
    <form
      ref={(element) => (form = element)}
      onSubmit={(event) => {
        event.preventDefault();
        send(code());
      }}
    >
      <QrCode text={props.setup.uri} label={t('security.qr')} />
      <p class="mt-4 text-center text-label text-third">{t('security.byHand')}</p>
      <p class="mt-1 mb-5 text-center font-mono wrap-anywhere text-second select-all">
        {inGroups(props.setup.secret)}
      </p>
      <FormProblem sentence={formProblem(sending.problem())} />
      <CodeInput
        kind="app"
        focusFirst
        label={t('security.code')}
        hint={t('security.codeHint')}
        value={code()}
        onInput={setCode}
        onComplete={send}
      />
      <DialogActions>
        <Button look="bare" onClick={() => props.onClose()}>
          {t('security.cancel')}
        </Button>
        <Button type="submit" busy={sending.busy()}>
          {t('security.turnOn')}
        </Button>
      </DialogActions>
    </form>
  );
}

/** Four at a time are easier to type; apps ignore the spaces. */
const inGroups = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? secret;
