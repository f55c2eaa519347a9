import { For, createUniqueId } from 'solid-js';

interface RadioListProps<Value extends string> {
  label: string;
  value: Value | undefined;
  choices: readonly { value: Value; name: string; sentence: string }[];
  onChange: (value: Value) => void;
}

/** A choice of one, each with what it means. */
export function RadioList<Value extends string>(props: RadioListProps<Value>) {
  const group = createUniqueId();
  return (
    <fieldset>
      <legend class="mb-3 font-medium text-second">{props.label}</legend>
      <div class="flex flex-col gap-2">
        <For each={props.choices}>
          {(choice) => (
            <label class="relative flex cursor-pointer items-start gap-3.5 rounded-medium border border-line bg-side px-4 py-3 transition has-checked:border-brass has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-brass hover:bg-raised">
              <input
                type="radio"
                name={group}
                class="mt-0.5 size-[18px] shrink-0 cursor-pointer appearance-none rounded-full border-2 border-third outline-none checked:border-[5px] checked:border-brass"
                checked={props.value === choice.value}
                onChange={() => props.onChange(choice.value)}
              />
              <span class="min-w-0">
                <span class="block font-medium">{choice.name}</span>
                <span class="block text-label text-third">{choice.sentence}</span>
              </span>
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
}
