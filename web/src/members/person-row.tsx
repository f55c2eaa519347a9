import type { Server } from '@harmonium/api/server';
import Crown from 'lucide-solid/icons/crown';
import { Show } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { roleColor } from '../design/person-color.ts';
import { useAsk } from '../servers/dialogs.tsx';
import { t } from '../strings/strings.ts';
import type { ShownPerson } from './shown-groups.ts';

/** A member in the list; a click, right or left, shows who they are. */
export function PersonRow(props: { person: ShownPerson; server: Server }) {
  const ask = useAsk();
  const isOffline = () => props.person.status === 'offline';
  const show = (event: MouseEvent & { currentTarget: Element }) => {
    event.preventDefault();
    const at = event.currentTarget.getBoundingClientRect();
    ask({ about: 'profile', serverId: props.server.id, user: props.person.user, at });
  };
  return (
    <button
      type="button"
      class="flex h-[42px] w-full pointer-coarse:h-11 items-center gap-3 rounded-small px-2 text-left transition-colors hover:bg-raised hover:[--surface:var(--raised)] focus-visible:-outline-offset-2"
      classList={{ 'text-third': isOffline() }}
      onClick={show}
      onContextMenu={show}
    >
      <Avatar
        user={props.person.user}
        size={32}
        status={props.person.status}
        class={isOffline() ? 'opacity-60 saturate-50' : ''}
      />
      <span class="min-w-0 flex-1">
        <span class="flex items-center gap-1.5">
          <span
            class="min-w-0 truncate text-message leading-5"
            style={{
              color:
                props.person.color === undefined || isOffline()
                  ? undefined
                  : roleColor(props.person.color),
            }}
          >
            {props.person.name}
          </span>
          <Show when={props.person.key === props.server.ownerId}>
            <Crown
              size={14}
              role="img"
              aria-label={t('members.owner')}
              class="shrink-0 text-brass-ink"
            />
          </Show>
        </span>
        <Show when={props.person.text}>
          <span class="block truncate text-label text-third">{props.person.text}</span>
        </Show>
      </span>
    </button>
  );
}
