import { createEffect, on, onMount } from 'solid-js';

interface MessageFieldProps {
  value: string;
  onInput: (value: string) => void;
  /** True when the key was taken and does nothing else. */
  onKey: (event: KeyboardEvent) => boolean;
  label: string;
  placeholder?: string;
  disabled?: boolean;
  describedBy?: string;
  autofocus?: boolean;
  ref?: (field: HTMLTextAreaElement) => void;
}

/** A text field as tall as what is written in it, up to half of the screen. */
export function MessageField(props: MessageFieldProps) {
  let field: HTMLTextAreaElement | undefined;

  function fit(): void {
    if (field === undefined) return;
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
  }
  createEffect(on(() => props.value, fit));
  onMount(() => {
    if (field === undefined || props.autofocus !== true) return;
    field.focus({ preventScroll: true });
    field.setSelectionRange(field.value.length, field.value.length);
  });

  return (
    <textarea
      ref={(element) => {
        field = element;
        props.ref?.(element);
      }}
      rows={1}
      value={props.value}
      aria-label={props.label}
      aria-describedby={props.describedBy}
      placeholder={props.placeholder}
      disabled={props.disabled}
      class="max-h-[50dvh] min-w-0 flex-1 resize-none bg-transparent py-0 text-message text-ink outline-none placeholder:text-third focus-visible:outline-none"
      onInput={(event) => props.onInput(event.currentTarget.value)}
      onKeyDown={(event) => {
        // A composing input method uses the same keys for its own choices.
        if (event.isComposing) return;
        if (props.onKey(event)) event.preventDefault();
      }}
    />
  );
}
