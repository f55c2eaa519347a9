import type { LucideIcon } from 'lucide-solid';
import { Show, createUniqueId } from 'solid-js';
import { Dynamic } from 'solid-js/web';

interface SwitchProps {
  label: string;
  sentence?: string;
  icon?: LucideIcon;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

/** On or off, with what it means beside it. */
export function Switch(props: SwitchProps) {
  const id = createUniqueId();
  return (
    <label class="flex cursor-pointer items-start gap-4 has-disabled:cursor-not-allowed has-disabled:opacity-60">
      <Show when={props.icon}>
        <Dynamic component={props.icon} size={19} class="mt-0.5 shrink-0 text-third" />
      </Show>
      <span class="min-w-0 flex-1">
        <span id={`${id}-label`} class="block font-medium">
          {props.label}
        </span>
        <Show when={props.sentence}>
          <span id={`${id}-note`} class="block text-second">
            {props.sentence}
          </span>
        </Show>
      </span>
      <span class="relative mt-0.5 inline-flex h-6 w-11 shrink-0">
        <input
          type="checkbox"
          role="switch"
          aria-labelledby={`${id}-label`}
          aria-describedby={props.sentence === undefined ? undefined : `${id}-note`}
          class="peer absolute inset-0 cursor-pointer appearance-none rounded-full bg-raised-more transition-colors checked:bg-brass disabled:cursor-not-allowed"
          checked={props.checked}
          disabled={props.disabled}
          onChange={(event) => props.onChange(event.currentTarget.checked)}
        />
        <span class="pointer-events-none absolute top-1 left-1 size-4 rounded-full bg-third transition peer-checked:translate-x-5 peer-checked:bg-on-brass" />
      </span>
    </label>
  );
}
