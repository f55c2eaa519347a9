import { For } from 'solid-js';

/** Heights of the four reeds, of 24. */
const HEIGHTS = [9, 17, 11, 22];

interface ReedsProps {
  /** `logo` stands still, `loading` breathes, `level` follows `level`. */
  kind?: 'logo' | 'loading' | 'level';
  /** 0 to 1, for `level`. */
  level?: number;
  size?: number;
  class?: string;
  /** Read out; without it the reeds are decoration. */
  label?: string;
}

/** The four reeds of the logo, the one motif: they move only when something happens. */
export function Reeds(props: ReedsProps) {
  const kind = () => props.kind ?? 'logo';
  const scale = (index: number) => {
    if (kind() !== 'level') return undefined;
    // Each reed answers a little later than the one before, as if the air came from the left.
    const reach = Math.min(1, Math.max(0, (props.level ?? 0) * 1.6 - index * 0.18));
    return `scaleY(${0.22 + reach * 0.78})`;
  };
  return (
    <svg
      viewBox="0 0 24 24"
      width={props.size ?? 24}
      height={props.size ?? 24}
      fill="currentColor"
      class={props.class}
      role={props.label === undefined ? undefined : 'img'}
      aria-label={props.label}
      aria-hidden={props.label === undefined}
    >
      <For each={HEIGHTS}>
        {(height, index) => (
          <rect
            x={1.5 + index() * 6}
            y={(24 - height) / 2}
            width={3}
            height={height}
            rx={1.5}
            class="origin-center [transform-box:fill-box]"
            classList={{
              'animate-reed': kind() === 'loading',
              'transition-transform duration-75': kind() === 'level',
            }}
            style={{ transform: scale(index()), 'animation-delay': `${index() * -0.27}s` }}
          />
        )}
      </For>
    </svg>
  );
}
