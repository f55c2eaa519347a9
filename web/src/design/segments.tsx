import { For, createUniqueId } from 'solid-js';

interface SegmentsProps<Value extends string> {
  label: string;
  value: Value;
  choices: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

/** A choice of a few that are all to be seen; radio buttons to the keyboard. */
export function Segments<Value extends string>(props: SegmentsProps<Value>) {
  const name = createUniqueId();
  return (
    <fieldset class="flex rounded-medium bg-rail/50 p-1">
      <legend class="sr-only">{props.label}</legend>
      <For each={props.choices}>
        {(choice) => (
          <label class="relative flex min-h-9 flex-1 cursor-pointer items-center justify-center rounded-small px-3 text-center font-medium text-second transition has-checked:bg-raised-more has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-brass pointer-coarse:min-h-11">
            <input
              type="radio"
              class="absolute inset-0 cursor-pointer appearance-none outline-none"
              name={name}
              checked={choice.value === props.value}
              onChange={() => props.onChange(choice.value)}
            />
            {choice.label}
          </label>
        )}
      </For>
    </fieldset>
  );
}
