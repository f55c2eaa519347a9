import { For } from 'solid-js';

/** A quiet stand-in for text on its way; shows itself only when the wait lasts. */
export function Skeleton(props: { width: string; height?: string; round?: boolean }) {
  return (
    <span
      aria-hidden="true"
      class="block animate-breathe bg-raised-more"
      classList={{ 'rounded-full': props.round, 'rounded-small': props.round !== true }}
      style={{ width: props.width, height: props.height ?? '0.875rem' }}
    />
  );
}

const WIDTHS = ['62%', '44%', '70%', '52%', '38%', '58%', '48%', '66%'];

/** Rows of people or channels on their way. */
export function SkeletonRows(props: { rows: number; avatar?: number; label: string }) {
  return (
    <div
      role="status"
      aria-label={props.label}
      class="flex animate-late flex-col gap-3.5 px-4 py-3"
    >
      <For each={Array.from({ length: props.rows }, (_, row) => WIDTHS[row % WIDTHS.length])}>
        {(width) => (
          <div class="flex items-center gap-3">
            <Skeleton
              width={`${props.avatar ?? 16}px`}
              height={`${props.avatar ?? 16}px`}
              round={props.avatar !== undefined}
            />
            <div class="flex-1">
              <Skeleton width={width ?? '50%'} />
            </div>
          </div>
        )}
      </For>
    </div>
  );
}
