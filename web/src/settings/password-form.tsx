import { createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { Button } from '../design/button.tsx';
import { DialogActions } from '../design/dialog-actions.tsx';
import { FormProblem } from '../login/entry-page.tsx';
import { PasswordInput } from '../login/password-input.tsx';
import { formProblem } from '../problems.ts';
import { t } from '../strings/security.ts';
import { createSubmission } from '../submission.ts';

interface PasswordFormProps {
  button: string;
  danger?: boolean;
  disabled?: boolean;
  /** Unless it is just the password. */
  label?: string;
  /** What else is asked for before it, and may be what was refused. */
  fields?: (problem: () => unknown) => JSX.Element;
  /** What else is asked for after it. */
  after?: (problem: () => unknown) => JSX.Element;
  onPassword: (password: string) => Promise<void>;
  onCancel: () => void;
}

/** The password once more, before something that whoever finds the device open may not do. */
export function PasswordForm(props: PasswordFormProps) {
  const [password, setPassword] = createSignal('');
  const sending = createSubmission();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void sending.run(() => props.onPassword(password()));
      }}
    >
      <FormProblem sentence={formProblem(sending.problem())} />
      <div class="flex flex-col gap-5">
        {props.fields?.(sending.problem)}
        <PasswordInput
          label={props.label ?? t('security.password')}
          focusFirst
          autocomplete="current-password"
          value={password()}
          onInput={setPassword}
        />
        {props.after?.(sending.problem)}
      </div>
      <DialogActions>
        <Button look="bare" onClick={() => props.onCancel()}>
          {t('security.cancel')}
        </Button>
        <Button
          type="submit"
          look={props.danger === true ? 'danger' : 'brass'}
          disabled={props.disabled === true}
          busy={sending.busy()}
        >
          {props.button}
        </Button>
      </DialogActions>
    </form>
  );
}
