import LayoutGrid from 'lucide-solid/icons/layout-grid';
import RectangleHorizontal from 'lucide-solid/icons/rectangle-horizontal';
import { Show, createMemo } from 'solid-js';
import { IconButton } from '../../design/icon-button.tsx';
import { t } from '../../strings/video.ts';
import type { Tile } from '../tiles.ts';
import { createSpotlight } from './spotlight.ts';
import { useVideo } from './use-video.ts';

/** All alike, or one large; where there is something to look at. */
export function LayoutButton(props: { tiles: readonly Tile[] }) {
  const video = useVideo();
  const large = createSpotlight(() => props.tiles);
  /** What would be large: a screen before a face. */
  const candidate = createMemo(() => {
    const shown = props.tiles.filter(
      (tile) => tile.isWanted && (tile.producerId !== undefined || tile.isOwnPicture),
    );
    return shown.findLast(({ kind }) => kind === 'screen') ?? shown.find((tile) => !tile.isSelf);
  });
  const label = () => (large() === undefined ? t('video.spotlight') : t('video.grid'));
  const toggle = (): void => {
    const key = candidate()?.key;
    if (large() !== undefined) video()?.choose({ kind: 'grid' });
    else if (key !== undefined) video()?.choose({ kind: 'spotlight', key });
  };
  return (
    <Show when={large() !== undefined || candidate() !== undefined}>
      <IconButton label={label()} onClick={toggle}>
        <Show when={large() === undefined} fallback={<LayoutGrid size={18} />}>
          <RectangleHorizontal size={18} />
        </Show>
      </IconButton>
    </Show>
  );
}
