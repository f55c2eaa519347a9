import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import { Show, splitProps } from 'solid-js';
import type { Component, JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';

interface MenuProps {
  /** What the trigger shows. */
  trigger: JSX.Element;
  /** Read out for the trigger. */
  label: string;
  triggerClass?: string;
  placement?: 'bottom-start' | 'bottom-end' | 'top-start' | 'right-start';
  /** Menu as wide as its trigger. */
  sameWidth?: boolean;
  children: JSX.Element;
}

export function Menu(props: MenuProps) {
  return (
    <DropdownMenu
      placement={props.placement ?? 'bottom-start'}
      sameWidth={props.sameWidth}
      gutter={6}
      // A modal menu hides the page from screen readers with the focus still in it.
      modal={false}
    >
      <DropdownMenu.Trigger aria-label={props.label} class={props.triggerClass}>
        {props.trigger}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content class="z-50 min-w-52 animate-rise rounded-medium border border-line bg-raised p-1.5 shadow-float">
          {props.children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  );
}

interface MenuItemProps {
  icon?: Component<{ size: number }>;
  onSelect: () => void;
  danger?: boolean;
  hint?: string;
  children: JSX.Element;
}

export function MenuItem(props: MenuItemProps) {
  const [own] = splitProps(props, ['icon', 'danger', 'hint', 'children', 'onSelect']);
  return (
    <DropdownMenu.Item
      onSelect={() => own.onSelect()}
      class="flex min-h-9 cursor-pointer items-center gap-3 rounded-small px-2.5 py-1.5 transition-colors data-highlighted:bg-raised-more data-highlighted:outline-none pointer-coarse:min-h-11"
      classList={{
        'text-danger-ink': own.danger,
        'text-second data-highlighted:text-ink': own.danger !== true,
      }}
    >
      <Show when={own.icon}>
        <Dynamic component={own.icon} size={16} />
      </Show>
      <span class="flex-1">
        {own.children}
        <Show when={own.hint}>
          <span class="block text-label leading-4 text-third">{own.hint}</span>
        </Show>
      </span>
    </DropdownMenu.Item>
  );
}

export function MenuLine() {
  return <DropdownMenu.Separator class="mx-1 my-1.5 h-px border-0 bg-line" />;
}
