import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { MAX_WIDTH, gridCells, singleExtent } from './grid-shape.ts';
import type { Extent } from './grid-shape.ts';

interface TilesProps {
  extents: readonly Partial<Extent>[];
  children: (at: number) => JSX.Element;
}

/** Places for pictures, taken before they are there: one as it is, several as tiles. */
export function Tiles(props: TilesProps) {
  const single = () => singleExtent(props.extents[0] ?? {});
  return (
    <Show
      when={props.extents.length > 1}
      fallback={
        <div
          class="max-w-full overflow-hidden rounded-medium"
          style={{
            width: `${single().width}px`,
            'aspect-ratio': `${single().width} / ${single().height}`,
          }}
        >
          {props.children(0)}
        </div>
      }
    >
      <ul
        class="grid w-full grid-cols-6 gap-1 overflow-hidden rounded-medium"
        style={{ 'max-width': `${MAX_WIDTH}px` }}
      >
        <For each={gridCells(props.extents.length)}>
          {(cell, at) => (
            <li
              class="relative min-h-0 min-w-0 overflow-hidden"
              style={{
                'grid-column': `span ${cell.columns}`,
                'grid-row': `span ${cell.rows}`,
                'aspect-ratio': cell.ratio,
              }}
            >
              {props.children(at())}
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
