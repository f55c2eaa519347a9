import { useNavigate } from '@solidjs/router';
import AppWindow from 'lucide-solid/icons/app-window';
import Maximize2 from 'lucide-solid/icons/maximize-2';
import X from 'lucide-solid/icons/x';
import { Show, createEffect, createMemo, createSignal, on } from 'solid-js';
import { IconButton } from '../../design/icon-button.tsx';
import { t } from '../../strings/video.ts';
import { createTiles } from '../create-tiles.ts';
import { createInCall } from '../in-call.ts';
import { createPlaceName } from '../place-name.ts';
import { tileWords } from '../tile-words.ts';
import type { Tile } from '../tiles.ts';
import { useVoice } from '../voice-context.tsx';
import type { CallView } from '../voice-context.tsx';
import { createDrag } from './drag.ts';
import { Picture } from './picture.tsx';
import { canPopOut, popOut } from './pop-out.ts';
import { createSpotlight } from './spotlight.ts';
import { useVideo } from './use-video.ts';

/** What others show in the call, in sight while one reads elsewhere. */
export function FloatingCall() {
  const voice = useVoice();
  const video = useVideo();
  const [isAway, setAway] = createSignal(false);
  const call = createMemo(() => {
    const now = voice.call();
    return now?.phase === 'connected' && video()?.isViewed() === false ? now : undefined;
  });
  const { inside, nameOf } = createInCall(call);
  const tiles = createTiles(inside, call);
  const spotlight = createSpotlight(tiles);
  const shown = createMemo(() => {
    const seen = tiles().filter((tile) => tile.producerId !== undefined && tile.isWanted);
    return (
      seen.find((tile) => tile.key === spotlight()) ??
      seen.findLast((tile) => tile.kind === 'screen') ??
      seen.find((tile) => tile.isSpeaking) ??
      seen[0]
    );
  });
  // Put away is put away, until something else begins.
  createEffect(
    on(
      () => video()?.shared().length ?? 0,
      (now, before = 0) => now > before && setAway(false),
    ),
  );
  return (
    <Show when={isAway() ? undefined : call()}>
      {(standing) => (
        <Show when={shown()}>
          {(tile) => (
            <Panel
              call={standing()}
              tile={tile()}
              name={nameOf(tile().state.user)}
              onAway={() => setAway(true)}
            />
          )}
        </Show>
      )}
    </Show>
  );
}

interface PanelProps {
  call: CallView;
  tile: Tile;
  name: string;
  onAway: () => void;
}

function Panel(props: PanelProps) {
  const video = useVideo();
  const navigate = useNavigate();
  const placeName = createPlaceName(() => props.call);
  let frame: HTMLElement | undefined;
  let inPage: HTMLVideoElement | undefined;
  const drag = createDrag(() => frame);
  const source = () => (props.tile.kind === 'screen' ? 'screen' : 'camera');
  const back = () => {
    const { serverId, channelId } = props.call;
    if (serverId === undefined) navigate(`/direct/${channelId}`);
    else navigate(`/servers/${serverId}/${channelId}`);
  };
  const openWindow = () => {
    const loaded = video();
    const { producerId, state } = props.tile;
    if (loaded === undefined || producerId === undefined) return;
    const what = { source: source(), title: tileWords(props.tile, props.name) } as const;
    const of = () => loaded.producerOf(state.user.id, what.source);
    popOut({ ...what, producerId: of }, { watching: loaded.watching, inPage }).catch(() => {
      // The browser's own refusal, as while another window is just opening.
    });
  };
  return (
    <section
      ref={(element) => (frame = element)}
      aria-label={t('video.float', placeName())}
      class="group fixed right-4 bottom-28 z-40 aspect-video w-80 animate-rise touch-none overflow-hidden rounded-large border border-line bg-rail shadow-float max-tablet:right-3 max-tablet:w-52"
      style={{ translate: `${drag.moved().x}px ${drag.moved().y}px` }}
      onPointerDown={drag.onPointerDown}
      onPointerMove={drag.onPointerMove}
      onPointerUp={drag.onPointerUp}
      onPointerCancel={drag.onPointerUp}
    >
      <button
        type="button"
        aria-label={`${t('video.backToCall')}: ${tileWords(props.tile, props.name)}`}
        class="absolute inset-0 cursor-pointer rounded-large focus-visible:-outline-offset-2"
        onClick={() => !drag.wasDragged() && back()}
      >
        <Show when={props.tile.producerId}>
          {(producerId) => (
            <Picture
              of={props.tile.key}
              producerId={producerId()}
              source={source()}
              isWhole={source() === 'screen'}
              onVideo={(element) => (inPage = element)}
            />
          )}
        </Show>
      </button>
      <span class="pointer-events-none absolute inset-x-2 bottom-2 flex">
        <span class="min-w-0 truncate rounded-small bg-side/85 px-2 py-0.5 text-label font-medium">
          {source() === 'screen' ? t('video.screenOf', props.name) : props.name}
        </span>
      </span>
      <span class="absolute top-2 right-2 flex gap-1.5 transition-opacity pointer-fine:opacity-0 pointer-fine:group-focus-within:opacity-100 pointer-fine:group-hover:opacity-100">
        <IconButton look="raised" label={t('video.backToCall')} onClick={back}>
          <Maximize2 size={15} />
        </IconButton>
        <Show when={canPopOut()}>
          <IconButton look="raised" label={t('video.popOut')} onClick={openWindow}>
            <AppWindow size={15} />
          </IconButton>
        </Show>
        <IconButton look="raised" label={t('video.hideFloat')} onClick={() => props.onAway()}>
          <X size={16} />
        </IconButton>
      </span>
    </section>
  );
}
