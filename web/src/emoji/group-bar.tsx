import Clock from 'lucide-solid/icons/clock';
import Coffee from 'lucide-solid/icons/coffee';
import Flag from 'lucide-solid/icons/flag';
import Hand from 'lucide-solid/icons/hand';
import Leaf from 'lucide-solid/icons/leaf';
import Lightbulb from 'lucide-solid/icons/lightbulb';
import Plane from 'lucide-solid/icons/plane';
import Shapes from 'lucide-solid/icons/shapes';
import Smile from 'lucide-solid/icons/face-slightly-smiling';
import Trophy from 'lucide-solid/icons/trophy';
import { For } from 'solid-js';
import type { Component, JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { ServerIcon } from '../servers/server-icon.tsx';
import { t } from '../strings/emoji.ts';
import { GROUPS, sectionOf } from './emoji-sections.ts';
import type { EmojiSet } from './own-emoji.ts';

const ICONS: Record<(typeof GROUPS)[number]['id'], Component<{ size: number }>> = {
  smileys: Smile,
  people: Hand,
  nature: Leaf,
  food: Coffee,
  travel: Plane,
  activities: Trophy,
  objects: Lightbulb,
  symbols: Shapes,
  flags: Flag,
};

interface GroupBarProps {
  custom: readonly EmojiSet[];
  /** The section at the top of the list. */
  current: string | undefined;
  onChoose: (section: string) => void;
}

/** One sign for each kind of emoji: leads there. */
export function GroupBar(props: GroupBarProps) {
  return (
    <div
      role="group"
      aria-label={t('emoji.groups')}
      class="flex shrink-0 border-b border-line px-2.5 [scrollbar-width:none] overflow-x-auto"
    >
      <Kind id="recent" label={t('emoji.recent')} bar={props}>
        <Clock size={18} />
      </Kind>
      <For each={props.custom}>
        {({ server }) => (
          <Kind id={sectionOf(server)} label={server.name} bar={props}>
            <ServerIcon server={server} size={20} class="rounded-small text-[9px]" />
          </Kind>
        )}
      </For>
      <For each={GROUPS}>
        {({ id }) => (
          <Kind id={id} label={t(`emoji.group.${id}`)} bar={props}>
            <Dynamic component={ICONS[id]} size={18} />
          </Kind>
        )}
      </For>
    </div>
  );
}

function Kind(props: { id: string; label: string; bar: GroupBarProps; children: JSX.Element }) {
  const isCurrent = () => props.bar.current === props.id;
  return (
    <button
      type="button"
      aria-label={props.label}
      aria-current={isCurrent() ? 'true' : undefined}
      title={props.label}
      class="grid h-9 min-w-[29px] flex-1 pointer-coarse:min-w-9 place-items-center border-b-2 transition pointer-coarse:h-11"
      classList={{
        'border-brass text-ink': isCurrent(),
        'border-transparent text-third hover:text-ink': !isCurrent(),
      }}
      onClick={() => props.bar.onChoose(props.id)}
    >
      {props.children}
    </button>
  );
}
