import { Avatar } from '../design/avatar.tsx';
import { personBackground } from '../design/person-color.ts';
import { t } from '../strings/call.ts';
import { PersonBadges } from './person-badges.tsx';
import type { Tile } from './tiles.ts';

interface CallTileProps {
  tile: Tile;
  name: string;
  /** Many at once: smaller faces. */
  isSmall: boolean;
  onOpen: (at: DOMRect) => void;
}

/** A person in the call; lit while they speak. */
export function CallTile(props: CallTileProps) {
  const words = () => {
    const { tile } = props;
    const said = [tile.isSelf ? `${props.name} (${t('call.you')})` : props.name];
    if (tile.isSpeaking) said.push(t('call.speaking'));
    if (tile.deafened) said.push(t('call.deafened'));
    else if (tile.muted) said.push(t('call.muted'));
    if (tile.isSilenced) said.push(t('call.silenced'));
    if (tile.isWeak) said.push(t('call.weak'));
    return said.join(', ');
  };
  const open = (event: MouseEvent & { currentTarget: Element }) => {
    event.preventDefault();
    props.onOpen(event.currentTarget.getBoundingClientRect());
  };
  return (
    <li class="min-h-0 min-w-0">
      <button
        type="button"
        aria-label={words()}
        data-speaking={props.tile.isSpeaking}
        class="group relative grid size-full min-h-28 place-items-center overflow-hidden rounded-large bg-raised transition-[background-color]"
        style={{
          'background-image': `radial-gradient(120% 120% at 50% 0%, color-mix(in oklab, ${personBackground(props.tile.state.user.id)} 20%, transparent), transparent 75%)`,
        }}
        onClick={open}
        onContextMenu={open}
      >
        <span
          class="transition-transform duration-150 ease-out"
          classList={{ 'scale-[1.04]': props.tile.isSpeaking }}
        >
          <Avatar user={props.tile.state.user} size={props.isSmall ? 56 : 88} />
        </span>
        <span class="absolute inset-x-2.5 bottom-2.5 flex min-w-0 items-center">
          <span class="flex max-w-full min-w-0 items-center gap-2 rounded-small bg-side/85 px-2 py-1 text-ink">
            <span class="min-w-0 truncate font-medium">{props.name}</span>
            <PersonBadges tile={props.tile} />
          </span>
        </span>
        <span
          aria-hidden="true"
          class="pointer-events-none absolute inset-0 rounded-large border-[3px] border-live transition-opacity duration-150 ease-out"
          classList={{ 'opacity-0': !props.tile.isSpeaking }}
        />
      </button>
    </li>
  );
}
