import { For, Show, createUniqueId, splitProps } from 'solid-js';
import type { JSX } from 'solid-js';

const INPUT =
  'min-h-11 w-full rounded-medium border border-line bg-rail/40 px-3 text-message text-ink transition placeholder:text-third hover:border-third/50 focus:border-brass focus-visible:outline-1 focus-visible:outline-offset-0 aria-invalid:border-danger disabled:opacity-60';

interface TextInputProps extends Omit<
  JSX.InputHTMLAttributes<HTMLInputElement>,
  'onInput' | 'autofocus'
> {
  /** The page or dialog around it gives it the focus first. */
  focusFirst?: boolean;
  label: string;
  hint?: string;
  /** A sentence; marks the field as wrong. */
  problem?: string;
  onInput?: (value: string) => void;
  /** Sits inside at the end, like the button that shows a password. */
  trailing?: JSX.Element;
}

/** A labelled line of text with room for a hint or what is wrong with it. */
export function TextInput(props: TextInputProps) {
  const id = createUniqueId();
  const [own, rest] = splitProps(props, [
    'focusFirst',
    'label',
    'hint',
    'problem',
    'onInput',
    'trailing',
    'class',
  ]);
  const note = () => own.problem ?? own.hint;
  return (
    <div class={own.class}>
      <label for={id} class="mb-1.5 block font-medium text-second">
        {own.label}
      </label>
      <div class="relative">
        <input
          type="text"
          {...rest}
          id={id}
          data-focus-first={own.focusFirst}
          class={INPUT}
          classList={{ 'pr-12': own.trailing !== undefined }}
          aria-invalid={own.problem !== undefined}
          aria-describedby={note() === undefined ? undefined : `${id}-note`}
          onInput={(event) => own.onInput?.(event.currentTarget.value)}
        />
        <Show when={own.trailing}>
          <div class="absolute inset-y-0 right-1.5 grid place-items-center">{own.trailing}</div>
        </Show>
      </div>
      <Show when={note()}>
        <p
          id={`${id}-note`}
          class="mt-1.5 text-label"
          classList={{
            'text-danger-ink': own.problem !== undefined,
            'text-third': own.problem === undefined,
          }}
        >
          {note()}
        </p>
      </Show>
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  choices: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
  class?: string;
  disabled?: boolean;
}

/** A labelled choice of one, by the browser's own list: right on every phone. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const id = createUniqueId();
  return (
    <div class={props.class}>
      <label for={id} class="mb-1.5 block font-medium text-second">
        {props.label}
      </label>
      <select
        id={id}
        class={`${INPUT} appearance-none pr-9 text-ellipsis choice-arrow`}
        disabled={props.disabled}
        value={props.value}
        onChange={(event) => {
          const chosen = props.choices.find((choice) => choice.value === event.currentTarget.value);
          if (chosen !== undefined) props.onChange(chosen.value);
        }}
      >
        <For each={props.choices}>
          {(choice) => (
            <option value={choice.value} selected={choice.value === props.value}>
              {choice.label}
            </option>
          )}
        </For>
      </select>
    </div>
  );
}
