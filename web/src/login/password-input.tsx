import Eye from 'lucide-solid/icons/eye';
import EyeOff from 'lucide-solid/icons/eye-off';
import { Show, createSignal } from 'solid-js';
import { TextInput } from '../design/field.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { t } from '../strings/strings.ts';

interface PasswordInputProps {
  /** `Password` unless it is one of several. */
  label?: string;
  value: string;
  onInput: (value: string) => void;
  autocomplete: 'current-password' | 'new-password';
  focusFirst?: boolean;
  hint?: string;
  problem?: string;
}

export function PasswordInput(props: PasswordInputProps) {
  const [shown, setShown] = createSignal(false);
  return (
    <TextInput
      label={props.label ?? t('entry.password')}
      focusFirst={props.focusFirst}
      name="password"
      type={shown() ? 'text' : 'password'}
      required
      maxLength={256}
      autocomplete={props.autocomplete}
      value={props.value}
      onInput={props.onInput}
      hint={props.hint}
      problem={props.problem}
      trailing={
        <IconButton
          label={shown() ? t('entry.hidePassword') : t('entry.showPassword')}
          aria-pressed={shown()}
          onClick={() => setShown(!shown())}
        >
          <Show when={shown()} fallback={<Eye size={18} />}>
            <EyeOff size={18} />
          </Show>
        </IconButton>
      }
    />
  );
}
