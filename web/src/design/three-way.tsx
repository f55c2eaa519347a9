import Check from 'lucide-solid/icons/check';
import Minus from 'lucide-solid/icons/minus';
import X from 'lucide-solid/icons/x';
import type { LucideIcon } from 'lucide-solid';
import { For, createUniqueId } from 'solid-js';
import { Dynamic } from 'solid-js/web';

export type Way = 'deny' | 'inherit' | 'allow';

interface ThreeWayProps {
  /** What is decided; the group is called so. */
  label: string;
  value: Way;
  words: Record<Way, string>;
  disabled?: boolean;
  onChange: (way: Way) => void;
}

const WAYS: readonly { way: Way; icon: LucideIcon; checked: string }[] = [
  { way: 'deny', icon: X, checked: 'has-checked:bg-danger has-checked:text-on-danger' },
  { way: 'inherit', icon: Minus, checked: 'has-checked:bg-raised-more has-checked:text-ink' },
  { way: 'allow', icon: Check, checked: 'has-checked:bg-live has-checked:text-side' },
];

/** No, as it is, yes: three radio buttons, each with a shape as well as a colour. */
export function ThreeWay(props: ThreeWayProps) {
  const name = createUniqueId();
  return (
    <fieldset
      class="flex shrink-0 gap-0.5 rounded-medium bg-rail/60 p-0.5 disabled:opacity-50"
      disabled={props.disabled}
    >
      <legend class="sr-only">{props.label}</legend>
      <For each={WAYS}>
        {({ way, icon, checked }) => (
          <label
            title={props.words[way]}
            class={`relative grid h-8 w-9 place-items-center rounded-small text-third transition-colors has-focus-visible:outline-2 has-focus-visible:outline-brass has-enabled:hover:text-ink pointer-coarse:h-11 pointer-coarse:w-11 ${checked}`}
          >
            <input
              type="radio"
              class="absolute inset-0 cursor-pointer appearance-none outline-none disabled:cursor-not-allowed"
              name={name}
              aria-label={props.words[way]}
              checked={way === props.value}
              onChange={() => props.onChange(way)}
            />
            <Dynamic component={icon} size={16} />
          </label>
        )}
      </For>
    </fieldset>
  );
}
