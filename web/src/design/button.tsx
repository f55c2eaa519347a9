import { Show, splitProps } from 'solid-js';
import type { JSX } from 'solid-js';
import { Reeds } from './reeds.tsx';

const LOOKS = {
  brass: 'bg-brass text-on-brass enabled:hover:bg-brass-hover',
  quiet: 'bg-raised-more text-ink enabled:hover:[filter:brightness(var(--hover-tone))]',
  bare: 'text-second enabled:hover:bg-raised enabled:hover:text-ink',
  danger: 'bg-danger text-on-danger enabled:hover:bg-danger-hover',
};

export interface ButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  look?: keyof typeof LOOKS;
  /** Shows the reeds at work and takes no second click. */
  busy?: boolean;
}

export function Button(props: ButtonProps) {
  const [own, rest] = splitProps(props, [
    'look',
    'busy',
    'class',
    'children',
    'disabled',
    'onClick',
  ]);
  return (
    <button
      type="button"
      {...rest}
      onClick={(event) => {
        if (own.busy !== true && typeof own.onClick === 'function') own.onClick(event);
        if (own.busy === true) event.preventDefault();
      }}
      disabled={own.disabled}
      aria-busy={own.busy}
      class={`relative inline-flex min-h-10 items-center justify-center gap-2 rounded-medium px-4 font-medium transition select-none active:enabled:scale-[0.985] disabled:opacity-50 pointer-coarse:min-h-11 ${LOOKS[own.look ?? 'brass']} ${own.class ?? ''}`}
    >
      <span class="contents" classList={{ 'opacity-0': own.busy }}>
        {own.children}
      </span>
      <Show when={own.busy}>
        <span class="absolute inset-0 grid animate-late place-items-center rounded-[inherit] bg-inherit">
          <Reeds kind="loading" size={20} />
        </span>
      </Show>
    </button>
  );
}
