import type { Server } from '@harmonium/api/server';
import { For, Match, Show, Switch, createMemo, createSignal } from 'solid-js';
import { Virtualizer } from 'virtua/solid';
import { Button } from '../design/button.tsx';
import { SkeletonRows } from '../design/skeleton.tsx';
import { useRooms } from '../room/rooms.tsx';
import type { ServerState } from '../room/server-state.ts';
import { usePanels } from '../servers/panels.tsx';
import { t } from '../strings/strings.ts';
import { makeMemberRows } from './member-rows.ts';
import { createMemberSearch } from './member-search.ts';
import { PersonRow } from './person-row.tsx';
import { createShownGroups } from './shown-groups.ts';
import type { ShownGroup } from './shown-groups.ts';

/** Who belongs to the server: a column, or a drawer from the right where there is no room. */
export function MembersPanel(props: { state: ServerState }) {
  const panels = usePanels();
  const [scroller, setScroller] = createSignal<HTMLElement>();
  return (
    <aside
      ref={setScroller}
      aria-label={t('members.label')}
      class="pt-safe pb-safe z-30 w-[232px] shrink-0 overflow-y-auto overscroll-contain bg-side transition-transform duration-150 [--surface:var(--side)] max-desktop:fixed max-desktop:inset-y-0 max-desktop:right-0 max-desktop:w-[min(80vw,280px)]"
      classList={{
        'max-desktop:translate-x-full desktop:hidden': !panels.membersOpen(),
        'max-desktop:shadow-float': panels.membersOpen(),
      }}
      inert={!panels.membersOpen()}
    >
      <Show when={panels.membersOpen() || panels.isWide()}>
        <Members state={props.state} scroller={scroller()} />
      </Show>
    </aside>
  );
}

/** From this many on only those in sight are drawn. */
const VIRTUAL_FROM = 200;
/** What stands above the people where there are so many. */
const SEARCH_HEIGHT_PX = 68;
/** Who are so few are found by looking. */
const SEARCH_FROM = 20;

function Members(props: { state: ServerState; scroller: HTMLElement | undefined }) {
  const rooms = useRooms();
  const server = () => props.state.structure.server;
  const list = () => rooms.members(server().id);
  const search = createMemberSearch(() => props.state);
  const groups = createShownGroups(() => search.groups() ?? list().groups());
  const count = () => groups.reduce((sum, group) => sum + group.people.length, 0);
  const isEmpty = () => groups.length === 0 && !search.isOn();
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
          <Show when={search.isOn() || list().hasMore() || count() > SEARCH_FROM}>
            <input
              type="search"
              aria-label={t('members.search')}
              placeholder={t('members.search')}
              class="mb-4 min-h-9 w-full rounded-medium bg-rail/50 px-3 text-ink transition placeholder:text-third hover:bg-rail/70 focus-visible:outline-1 focus-visible:outline-offset-0 pointer-coarse:min-h-11"
              value={search.typed()}
              onInput={(event) => search.type(event.currentTarget.value)}
            />
          </Show>
          <Show
            when={count() > VIRTUAL_FROM}
            fallback={
              <For each={groups}>{(group) => <Group group={group} server={server()} />}</For>
            }
          >
            <ManyPeople groups={groups} server={server()} scroller={props.scroller} />
          </Show>
          <Show when={search.isOn() && count() === 0 && !search.isBusy()}>
            <p role="status" class="px-2 text-second">
              {t('members.noMatches')}
            </p>
          </Show>
          <Show when={list().hasMore() && !search.isOn()}>
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

/** As the groups, but only what is in sight is in the page. */
function ManyPeople(props: {
  groups: readonly ShownGroup[];
  server: Server;
  scroller: HTMLElement | undefined;
}) {
  const rowsOf = makeMemberRows();
  const rows = createMemo(() => rowsOf(props.groups));
  return (
    <Virtualizer
      data={rows()}
      itemSize={42}
      bufferSize={400}
      scrollRef={props.scroller}
      startMargin={SEARCH_HEIGHT_PX}
    >
      {(row) => (
        <Show
          when={row.kind === 'person' ? row.person : undefined}
          fallback={row.kind === 'heading' ? <Heading group={row.group} /> : undefined}
        >
          {(person) => <PersonRow person={person()} server={props.server} />}
        </Show>
      )}
    </Virtualizer>
  );
}

function Heading(props: { group: ShownGroup }) {
  const name = () =>
    props.group.kind === 'role' ? props.group.name : t(`members.${props.group.kind}`);
  return (
    <h2 class="truncate px-2 pt-3 pb-1.5 text-label font-bold text-third">
      {t('members.group', name(), props.group.people.length)}
    </h2>
  );
}

function Group(props: { group: ShownGroup; server: Server }) {
  return (
    <section class="mt-2 first:-mt-3">
      <Heading group={props.group} />
      <ul>
        <For each={props.group.people}>
          {(person) => (
            <li class="[contain-intrinsic-size:auto_42px] [content-visibility:auto]">
              <PersonRow person={person} server={props.server} />
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}
