import { Show } from 'solid-js';
import { TextInput } from '../design/field.tsx';

const DIGITS = 6;

interface CodeInputProps {
  kind: 'app' | 'recovery';
  label: string;
  hint?: string;
  value: string;
  onInput: (code: string) => void;
  focusFirst?: boolean;
  /** All digits of an authenticator's code stand there. */
  onComplete?: (code: string) => void;
}

/** A code of the second factor, as phones and password managers fill it in. */
export function CodeInput(props: CodeInputProps) {
  function take(text: string): void {
    // Apps show them as `123 456`.
    const code = text.replaceAll(/\D/g, '').slice(0, DIGITS);
    const isNew = code !== props.value;
    props.onInput(code);
    if (isNew && code.length === DIGITS) props.onComplete?.(code);
  }
  return (
    // Another element for each, so that keyboards and password managers see another field.
    <Show
      when={props.kind === 'app'}
      fallback={
        <TextInput
          label={props.label}
          hint={props.hint}
          name="recovery-code"
          required
          focusFirst={props.focusFirst}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          maxLength={32}
          value={props.value}
          onInput={props.onInput}
        />
      }
    >
      <TextInput
        label={props.label}
        hint={props.hint}
        name="code"
        required
        focusFirst={props.focusFirst}
        inputMode="numeric"
        autocomplete="one-time-code"
        pattern="[0-9 ]*"
        minLength={DIGITS}
        maxLength={DIGITS + 1}
        value={props.value}
        onInput={take}
      />
    </Show>
  );
}
