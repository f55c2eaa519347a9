import { For } from 'solid-js';
import { Skeleton } from '../design/skeleton.tsx';

const WIDTHS = ['58%', '34%', '72%', '46%', '64%', '28%', '52%'];

/** Messages on their way, in their shape. Shows itself only when the wait lasts. */
export function MessageSkeletons(props: { rows: number; label: string }) {
  return (
    <div role="status" aria-label={props.label} class="flex animate-late flex-col gap-5 px-5 py-4">
      <For each={Array.from({ length: props.rows }, (_, row) => WIDTHS[row % WIDTHS.length])}>
        {(width) => (
          <div class="flex gap-4">
            <Skeleton width="40px" height="40px" round />
            <div class="flex flex-1 flex-col gap-2 pt-1">
              <Skeleton width="7rem" />
              <Skeleton width={width ?? '50%'} />
            </div>
          </div>
        )}
      </For>
    </div>
  );
}
