import type { DropdownMenu as Parts } from '@kobalte/core/dropdown-menu';
import { Show, createSignal, splitProps, untrack } from 'solid-js';
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

const [parts, setParts] = createSignal<typeof Parts>();
let loading: Promise<unknown> | undefined;

/** What menus are made of, once it has loaded; what an open menu holds can count on it. */
export const menuParts = parts;

/** Menus open at once when this was called before; else they load when they are first asked for. */
export function loadMenus(): Promise<unknown> {
  loading ??= import('./menu-parts.ts').then(
    ({ DropdownMenu }) => setParts(() => DropdownMenu),
    () => (loading = undefined),
  );
  return loading;
}

export function Menu(props: MenuProps) {
  const [asked, setAsked] = createSignal(false);
  // What was drawn as a plain button stays one until it is pressed: nothing changes under a pointer.
  const wasThere = parts() !== undefined;
  const open = (): void => {
    setAsked(true);
    void loadMenus();
  };
  return (
    <Show
      when={wasThere || asked() ? parts() : undefined}
      fallback={
        <button
          type="button"
          aria-haspopup="menu"
          aria-expanded="false"
          aria-label={props.label}
          class={props.triggerClass}
          onPointerEnter={() => void loadMenus()}
          onFocus={() => void loadMenus()}
          onClick={open}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
            event.preventDefault();
            open();
          }}
        >
          {props.trigger}
        </button>
      }
    >
      {(loaded) => <LoadedMenu {...props} parts={loaded()} open={asked()} />}
    </Show>
  );
}

function LoadedMenu(props: MenuProps & { parts: typeof Parts; open: boolean }) {
  const { Trigger, Portal, Content } = untrack(() => props.parts);
  return (
    <Dynamic
      component={props.parts}
      defaultOpen={props.open}
      placement={props.placement ?? 'bottom-start'}
      sameWidth={props.sameWidth}
      gutter={6}
      // A modal menu hides the page from screen readers with the focus still in it.
      modal={false}
    >
      <Trigger aria-label={props.label} class={props.triggerClass}>
        {props.trigger}
      </Trigger>
      <Portal>
        <Content class="z-50 min-w-52 animate-rise rounded-medium border border-line bg-raised p-1.5 shadow-float">
          {props.children}
        </Content>
      </Portal>
    </Dynamic>
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
    <Dynamic
      component={parts()?.Item}
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
    </Dynamic>
  );
}

export function MenuLine() {
  return <Dynamic component={parts()?.Separator} class="mx-1 my-1.5 h-px border-0 bg-line" />;
}
