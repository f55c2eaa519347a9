import { splitProps } from 'solid-js';
import type { JSX } from 'solid-js';

interface IconButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  /** Read out, and shown on hover. */
  label: string;
  /** Small ones stand in a line of text. */
  size?: 'small' | 'usual';
  /** `raised`: over a picture. */
  look?: 'bare' | 'raised';
}

const SIZES = { small: 'size-7', usual: 'size-8' };
const LOOKS = { bare: 'hover:bg-raised', raised: 'bg-side/85' };

export function IconButton(props: IconButtonProps) {
  const [own, rest] = splitProps(props, ['label', 'size', 'look', 'class']);
  return (
    <button
      type="button"
      aria-label={own.label}
      title={own.label}
      {...rest}
      class={`touch-target inline-grid shrink-0 place-items-center rounded-small text-second transition hover:text-ink disabled:opacity-50 ${SIZES[own.size ?? 'usual']} ${LOOKS[own.look ?? 'bare']} ${own.class ?? ''}`}
    />
  );
}
