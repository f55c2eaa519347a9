import HeadphoneOff from 'lucide-solid/icons/headphone-off';
import MicOff from 'lucide-solid/icons/mic-off';
import SignalLow from 'lucide-solid/icons/signal-low';
import VolumeX from 'lucide-solid/icons/volume-x';
import { Match, Show, Switch } from 'solid-js';
import type { Tile } from './tiles.ts';

/** How a person stands in the call, as pictures; the words are the tile's own. */
export function PersonBadges(props: { tile: Tile }) {
  const isPlain = () => {
    const { isWeak, isSilenced, muted, deafened } = props.tile;
    return !isWeak && !isSilenced && !muted && !deafened;
  };
  return (
    <span
      aria-hidden="true"
      class="flex shrink-0 items-center gap-1.5"
      classList={{ hidden: isPlain() }}
    >
      <Show when={props.tile.isWeak}>
        <SignalLow size={16} class="text-brass-ink" />
      </Show>
      <Show when={props.tile.isSilenced}>
        <VolumeX size={16} class="text-second" />
      </Show>
      <Switch>
        <Match when={props.tile.deafened}>
          <HeadphoneOff size={16} class="text-danger-ink" />
        </Match>
        <Match when={props.tile.muted}>
          <MicOff size={16} class="text-danger-ink" />
        </Match>
      </Switch>
    </span>
  );
}
