import Check from 'lucide-solid/icons/check';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import { For, Show } from 'solid-js';
import type { Component, JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { menuParts } from './menu.tsx';

interface MenuSubProps {
  icon?: Component<{ size: number }>;
  label: string;
  /** What holds now. */
  hint?: string;
  children: JSX.Element;
}

/** An item that opens more beside it. */
export function MenuSub(props: MenuSubProps) {
  return (
    <Dynamic component={menuParts()?.Sub} gutter={4} overlap>
      <Dynamic
        component={menuParts()?.SubTrigger}
        class="flex min-h-9 cursor-pointer items-center gap-3 rounded-small px-2.5 py-1.5 text-second transition-colors data-expanded:bg-raised-more data-expanded:text-ink data-highlighted:bg-raised-more data-highlighted:text-ink data-highlighted:outline-none pointer-coarse:min-h-11"
      >
        <Show when={props.icon}>
          <Dynamic component={props.icon} size={16} />
        </Show>
        <span class="flex-1">
          {props.label}
          <Show when={props.hint}>
            <span class="block text-label leading-4 text-third">{props.hint}</span>
          </Show>
        </span>
        <ChevronRight size={15} class="shrink-0 text-third" />
      </Dynamic>
      <Dynamic component={menuParts()?.Portal}>
        <Dynamic
          component={menuParts()?.SubContent}
          class="z-50 min-w-48 animate-rise rounded-medium border border-line bg-raised p-1.5 shadow-float"
        >
          {props.children}
        </Dynamic>
      </Dynamic>
    </Dynamic>
  );
}

interface MenuChoicesProps {
  value: string;
  choices: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

/** One of a few, the chosen one ticked. */
export function MenuChoices(props: MenuChoicesProps) {
  return (
    <Dynamic
      component={menuParts()?.RadioGroup}
      value={props.value}
      onChange={(value: unknown) => props.onChange(String(value))}
    >
      <For each={props.choices}>
        {(choice) => (
          <Dynamic
            component={menuParts()?.RadioItem}
            value={choice.value}
            class="flex min-h-9 cursor-pointer items-center gap-3 rounded-small px-2.5 py-1.5 text-second transition-colors data-checked:text-ink data-highlighted:bg-raised-more data-highlighted:text-ink data-highlighted:outline-none pointer-coarse:min-h-11"
          >
            <span class="flex-1">{choice.label}</span>
            <Show when={choice.value === props.value}>
              <Check size={16} class="shrink-0 text-brass-ink" />
            </Show>
          </Dynamic>
        )}
      </For>
    </Dynamic>
  );
}
