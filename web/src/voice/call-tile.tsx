import MonitorUp from 'lucide-solid/icons/monitor-up';
import Volume2 from 'lucide-solid/icons/volume-2';
import { Match, Show, Switch } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { openMenuOf } from '../design/open-menu-of.ts';
import { personBackground } from '../design/person-color.ts';
import { t as words } from '../strings/video.ts';
import { PersonBadges } from './person-badges.tsx';
import { tileWords } from './tile-words.ts';
import type { Tile } from './tiles.ts';
import { toggleFullScreen } from './video/full-screen.ts';
import { OwnPicture, Picture } from './video/picture.tsx';
import { popOut } from './video/pop-out.ts';
import { TileMenu } from './video/tile-menu.tsx';
import { useVideo } from './video/use-video.ts';

interface CallTileProps {
  tile: Tile;
  name: string;
  as: 'large' | 'common' | 'small';
  onProfile: (at: DOMRect) => void;
}

const FACE = { large: 120, common: 88, small: 48 };

/** A person in the call, lit while they speak, or what they share. */
export function CallTile(props: CallTileProps) {
  const video = useVideo();
  let frame: HTMLDivElement | undefined;
  let shown: HTMLVideoElement | undefined;
  const isLarge = () => props.as === 'large';
  const hasPicture = () => props.tile.producerId !== undefined || props.tile.isOwnPicture;
  const showProfile = () => {
    if (frame !== undefined) props.onProfile(frame.getBoundingClientRect());
  };

  function act(): void {
    const { tile } = props;
    if (!tile.isWanted) video()?.watchAgain(tile.state.user.id);
    else if (!hasPicture()) showProfile();
    else video()?.choose(isLarge() ? { kind: 'grid' } : { kind: 'spotlight', key: tile.key });
  }

  function openWindow(): void {
    const loaded = video();
    const { producerId, kind, state } = props.tile;
    if (loaded === undefined || producerId === undefined) return;
    const source = kind === 'screen' ? 'screen' : 'camera';
    const of = () => loaded.producerOf(state.user.id, source);
    popOut(
      { producerId: of, source, title: tileWords(props.tile, props.name) },
      { watching: loaded.watching, inPage: shown },
    ).catch(() => {
      // The browser's own refusal, as while another window is just opening.
    });
  }

  return (
    <div
      ref={(element) => (frame = element)}
      data-speaking={props.tile.isSpeaking}
      class="group relative size-full overflow-hidden rounded-large bg-raised"
      classList={{ 'bg-rail!': hasPicture() && (isLarge() || props.tile.kind === 'screen') }}
      onContextMenu={(event) => {
        if (hasPicture()) return openMenuOf(event);
        event.preventDefault();
        showProfile();
      }}
    >
      <button
        type="button"
        aria-label={tileWords(props.tile, props.name)}
        aria-pressed={hasPicture() ? isLarge() : undefined}
        data-speaking={props.tile.isSpeaking}
        class="absolute inset-0 grid place-items-center rounded-large focus-visible:-outline-offset-2"
        style={props.tile.kind === 'person' ? glow(props.tile) : {}}
        onClick={act}
      >
        <Show when={props.tile.kind === 'person'} fallback={<ScreenWait tile={props.tile} />}>
          <span
            class="transition-transform duration-150 ease-out"
            classList={{ 'scale-[1.04]': props.tile.isSpeaking }}
          >
            <Avatar user={props.tile.state.user} size={FACE[props.as]} />
          </span>
        </Show>
        <Switch>
          <Match when={props.tile.isOwnPicture}>
            <OwnPicture
              source={props.tile.kind === 'screen' ? 'screen' : 'camera'}
              isWhole={isLarge() || props.tile.kind === 'screen'}
            />
          </Match>
          <Match when={props.tile.isWanted ? props.tile.producerId : undefined}>
            {(producerId) => (
              <Picture
                of={props.tile.key}
                producerId={producerId()}
                source={props.tile.kind === 'screen' ? 'screen' : 'camera'}
                isWhole={isLarge() || props.tile.kind === 'screen'}
                onVideo={(element) => (shown = element)}
              />
            )}
          </Match>
        </Switch>
        <Name tile={props.tile} name={props.name} as={props.as} />
        <span
          aria-hidden="true"
          class="pointer-events-none absolute inset-0 rounded-large border-[3px] border-live transition-opacity duration-150 ease-out"
          classList={{ 'opacity-0': !props.tile.isSpeaking }}
        />
      </button>
      <Show when={hasPicture() && props.tile.isWanted ? video() : undefined}>
        {(loaded) => (
          <span class="absolute top-1.5 right-1.5 transition-opacity pointer-coarse:top-0 pointer-coarse:right-0 pointer-fine:opacity-0 pointer-fine:group-focus-within:opacity-100 pointer-fine:group-hover:opacity-100 pointer-fine:has-[[data-expanded]]:opacity-100">
            <TileMenu
              tile={props.tile}
              name={props.name}
              video={loaded()}
              onFullScreen={() => frame && toggleFullScreen(frame)}
              onPopOut={openWindow}
              onProfile={showProfile}
            />
          </span>
        )}
      </Show>
    </div>
  );
}

function glow(tile: Tile) {
  return {
    'background-image': `radial-gradient(120% 120% at 50% 0%, color-mix(in oklab, ${personBackground(tile.state.user.id)} 20%, transparent), transparent 75%)`,
  };
}

/** Under a screen that is not there yet, or that one does not want to see. */
function ScreenWait(props: { tile: Tile }) {
  return (
    <span class="flex max-w-full flex-col items-center gap-2 px-4 text-center text-second">
      <MonitorUp size={28} class="text-third" />
      <Show when={!props.tile.isWanted}>
        <span class="text-pretty">{words('video.hidden')}</span>
        <span class="font-medium text-brass-ink">{words('video.watch')}</span>
      </Show>
    </span>
  );
}

function Name(props: { tile: Tile; name: string; as: CallTileProps['as'] }) {
  const isScreen = () => props.tile.kind === 'screen';
  return (
    <span
      class="absolute flex min-w-0 items-center"
      classList={{
        'inset-x-1.5 bottom-1.5 text-label': props.as === 'small',
        'inset-x-2.5 bottom-2.5': props.as !== 'small',
      }}
    >
      <span class="flex max-w-full min-w-0 items-center gap-2 rounded-small bg-side/85 px-2 py-1 text-ink">
        <Show when={isScreen()}>
          <MonitorUp size={15} class="shrink-0 text-brass-ink" />
        </Show>
        <span class="min-w-0 truncate font-medium">
          {isScreen() && props.tile.isSelf ? words('video.yourScreen') : props.name}
        </span>
        <Show when={isScreen() && props.tile.hasSound}>
          <Volume2 size={15} aria-hidden="true" class="shrink-0 text-second" />
        </Show>
        <Show when={!isScreen()}>
          <PersonBadges tile={props.tile} />
        </Show>
      </span>
    </span>
  );
}
