import type { User } from '@harmonium/api/user';
import { For, Show, createMemo, createSignal, onCleanup } from 'solid-js';
import { t } from '../../strings/call.ts';
import { CallTile } from '../call-tile.tsx';
import { usePanels } from '../../servers/panels.tsx';
import type { Tile } from '../tiles.ts';
import { t as words } from '../../strings/video.ts';
import { stripSide, tileSize } from './layout.ts';
import type { Size } from './layout.ts';
import { createSpotlight } from './spotlight.ts';

interface StageProps {
  tiles: readonly Tile[];
  nameOf: (user: User) => string;
  onProfile: (user: User, at: DOMRect) => void;
}

/** Faces without pictures do not gain from more, in pixels. */
const MAX_FACE_WIDTH = 520;

/** Who is in the call and what they show: all alike, or one of them large. */
export function Stage(props: StageProps) {
  const panels = usePanels();
  const [place, setPlace] = createSignal<Size>({ width: 0, height: 0 });
  const sizes = new ResizeObserver(([entry]) => entry && setPlace(entry.contentRect));
  onCleanup(() => sizes.disconnect());
  const side = createMemo(() => stripSide(place()));
  const gap = () => (panels.isPhone() ? 8 : 12);
  const large = createSpotlight(() => props.tiles);
  const keys = createMemo(() => props.tiles.map((tile) => tile.key), undefined, {
    equals: (one, other) => one.join() === other.join(),
  });
  const others = createMemo(() => keys().filter((key) => key !== large()));
  const tileOf = (key: string) => props.tiles.find((tile) => tile.key === key);
  const size = createMemo(() => {
    const fitting = tileSize(keys().length, place(), gap());
    if (props.tiles.some((tile) => tile.producerId !== undefined || tile.isOwnPicture)) {
      return fitting;
    }
    const width = Math.min(fitting.width, MAX_FACE_WIDTH);
    return { width, height: Math.min(fitting.height, Math.floor((width * 9) / 16)) };
  });
  // Told apart from its size, or each word that is said would draw every tile anew, and close its menu.
  const inGrid = createMemo(() => (size().width < 240 ? 'small' : 'common'));
  const drawn = (key: string, as: () => 'large' | 'common' | 'small') => (
    <Show when={tileOf(key)}>
      {(tile) => (
        <CallTile
          tile={tile()}
          name={props.nameOf(tile().state.user)}
          as={as()}
          onProfile={(at) => props.onProfile(tile().state.user, at)}
        />
      )}
    </Show>
  );
  return (
    <div class="min-h-0 flex-1 p-4 max-tablet:p-3">
      <div ref={(frame) => sizes.observe(frame)} class="size-full">
        <Show
          when={large()}
          fallback={
            <ul
              aria-label={t('call.people')}
              class="flex size-full flex-wrap content-center justify-center overflow-y-auto"
              style={{ gap: `${gap()}px` }}
            >
              <For each={keys()}>
                {(key) => (
                  <li
                    class="shrink-0"
                    style={{ width: `${size().width}px`, height: `${size().height}px` }}
                  >
                    {drawn(key, inGrid)}
                  </li>
                )}
              </For>
            </ul>
          }
        >
          {(key) => (
            <div
              class="flex size-full"
              classList={{ 'flex-col': side() !== 'beside' }}
              style={{ gap: `${gap()}px` }}
            >
              <section
                aria-label={words('video.large')}
                class="min-h-0 min-w-0"
                classList={{
                  'flex-1': side() !== 'under',
                  'aspect-video shrink-0': side() === 'under',
                }}
              >
                {/* Another tile is another picture. */}
                <For each={[key()]}>{(shown) => drawn(shown, () => 'large')}</For>
              </section>
              <Strip keys={others()} side={side()} drawn={(one) => drawn(one, () => 'small')} />
            </div>
          )}
        </Show>
      </div>
    </div>
  );
}

interface StripProps {
  keys: readonly string[];
  side: ReturnType<typeof stripSide>;
  drawn: (key: string) => ReturnType<typeof Show>;
}

/** The others, while one is large. */
function Strip(props: StripProps) {
  return (
    <Show when={props.keys.length > 0}>
      <ul
        aria-label={t('call.people')}
        class="gap-2"
        classList={{
          'mx-auto flex max-w-full shrink-0 overflow-x-auto pb-1': props.side === 'strip',
          'flex shrink-0 flex-col overflow-y-auto pr-1': props.side === 'beside',
          'grid min-h-0 flex-1 grid-cols-2 content-start overflow-y-auto': props.side === 'under',
        }}
      >
        <For each={props.keys}>
          {(key) => (
            <li
              class="aspect-video shrink-0"
              classList={{ 'h-[104px] max-tablet:h-[84px]': props.side !== 'under' }}
            >
              {props.drawn(key)}
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
