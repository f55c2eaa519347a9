import { splitProps } from 'solid-js';
import type { JSX } from 'solid-js';

interface IconButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  /** Read out, and shown on hover. */
  label: string;
}

export function IconButton(props: IconButtonProps) {
  const [own, rest] = splitProps(props, ['label', 'class']);
  return (
    <button
      type="button"
      aria-label={own.label}
      title={own.label}
      {...rest}
      class={`touch-target inline-grid size-8 shrink-0 place-items-center rounded-small text-second transition hover:bg-raised hover:text-ink disabled:opacity-50 ${own.class ?? ''}`}
    />
  );
}
