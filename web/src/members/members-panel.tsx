import type { Server } from '@harmonium/api/server';
import Crown from 'lucide-solid/icons/crown';
import { For, Match, Show, Switch } from 'solid-js';
import { Avatar } from '../design/avatar.tsx';
import { Button } from '../design/button.tsx';
import { roleColor } from '../design/person-color.ts';
import { SkeletonRows } from '../design/skeleton.tsx';
import { useRooms } from '../room/rooms.tsx';
import type { ServerState } from '../room/server-state.ts';
import { usePanels } from '../servers/panels.tsx';
import { useAsk } from '../servers/dialogs.tsx';
import { t } from '../strings/strings.ts';
import { createShownGroups } from './shown-groups.ts';
import type { ShownGroup, ShownPerson } from './shown-groups.ts';

/** Who belongs to the server: a column, or a drawer from the right where there is no room. */
export function MembersPanel(props: { state: ServerState }) {
  const panels = usePanels();
  return (
    <aside
      aria-label={t('members.label')}
      class="pt-safe pb-safe z-30 w-[232px] shrink-0 overflow-y-auto overscroll-contain bg-side transition-transform duration-150 [--surface:var(--side)] max-desktop:fixed max-desktop:inset-y-0 max-desktop:right-0 max-desktop:w-[min(80vw,280px)]"
      classList={{
        'max-desktop:translate-x-full desktop:hidden': !panels.membersOpen(),
        'max-desktop:shadow-float': panels.membersOpen(),
      }}
      inert={!panels.membersOpen()}
    >
      <Show when={panels.membersOpen() || panels.isWide()}>
        <Members state={props.state} />
      </Show>
    </aside>
  );
}

function Members(props: { state: ServerState }) {
  const rooms = useRooms();
  const server = () => props.state.structure.server;
  const list = () => rooms.members(server().id);
  const groups = createShownGroups(() => list().groups());
  const isEmpty = () => groups.length === 0;
  return (
    <Switch>
      <Match when={isEmpty() && list().state() === 'failed'}>
        <div class="p-4 text-second">
          <p class="mb-3">{t('members.failed')}</p>
          <Button look="quiet" onClick={() => void list().loadMore()}>
            {t('session.retry')}
          </Button>
        </div>
      </Match>
      <Match when={isEmpty() && list().state() === 'loading'}>
        <SkeletonRows rows={7} avatar={32} label={t('members.loading')} />
      </Match>
      <Match when={true}>
        <div class="px-2 pt-4 pb-6">
          <For each={groups}>{(group) => <Group group={group} server={server()} />}</For>
          <Show when={list().hasMore()}>
            <Button
              look="bare"
              class="mt-3 w-full"
              busy={list().state() === 'loading'}
              onClick={() => void list().loadMore()}
            >
              {t('members.more')}
            </Button>
          </Show>
        </div>
      </Match>
    </Switch>
  );
}

function Group(props: { group: ShownGroup; server: Server }) {
  const name = () =>
    props.group.kind === 'role' ? props.group.name : t(`members.${props.group.kind}`);
  return (
    <section class="mt-5 first:mt-0">
      <h2 class="px-2 pb-1.5 text-label font-bold text-third">
        {t('members.group', name(), props.group.people.length)}
      </h2>
      <ul>
        <For each={props.group.people}>
          {(person) => <Person person={person} server={props.server} />}
        </For>
      </ul>
    </section>
  );
}

function Person(props: { person: ShownPerson; server: Server }) {
  const ask = useAsk();
  const isOffline = () => props.person.status === 'offline';
  const show = (event: MouseEvent & { currentTarget: Element }) => {
    event.preventDefault();
    const at = event.currentTarget.getBoundingClientRect();
    ask({ about: 'profile', serverId: props.server.id, user: props.person.user, at });
  };
  return (
    <li class="[contain-intrinsic-size:auto_42px] [content-visibility:auto]">
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
    </li>
  );
}
