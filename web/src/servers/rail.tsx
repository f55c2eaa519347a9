import { A, useLocation, useParams } from '@solidjs/router';
import Plus from 'lucide-solid/icons/plus';
import { For, Show, createMemo } from 'solid-js';
import { Reeds } from '../design/reeds.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { Tooltip } from '../design/tooltip.tsx';
import { useRooms } from '../room/rooms.tsx';
import { t } from '../strings/strings.ts';
import { t as tu } from '../strings/unread.ts';
import { MentionBadge } from '../unread/badge.tsx';
import { useUnread } from '../unread/use-unread.ts';
import { useAsk } from './dialogs.tsx';
import { isDirect } from './is-direct.ts';
import { ServerIcon } from './server-icon.tsx';

/** One place for each joined server. */
export function Rail() {
  const rooms = useRooms();
  const unread = useUnread();
  const params = useParams<{ serverId?: string }>();
  const ask = useAsk();
  return (
    <nav
      aria-label={t('rail.label')}
      class="pt-safe pb-safe flex w-[68px] shrink-0 flex-col items-center overflow-y-auto bg-rail [scrollbar-width:none]"
    >
      <DirectLink />
      <div class="mb-3 h-0.5 w-7 shrink-0 rounded-full bg-raised" />
      <ul class="flex flex-col items-center gap-2.5">
        <Show when={rooms.servers()} fallback={<RailSkeleton />}>
          {(servers) => (
            <For each={servers()}>
              {(listed) => {
                // Live where it is known: the list is as of when it was loaded.
                const server = () => rooms.server(listed.id)?.structure.server ?? listed;
                const state = createMemo(() => unread.stateOfServer(listed.id));
                const isOpen = () => params.serverId === listed.id;
                return (
                  <li class="group relative flex w-[68px] justify-center">
                    <span
                      aria-hidden="true"
                      class="absolute top-1/2 left-0 w-1 -translate-y-1/2 rounded-r-full bg-ink transition-all"
                      classList={{
                        'h-6': isOpen(),
                        'h-2 group-hover:h-3': !isOpen() && state().unread,
                        'h-0 group-hover:h-3': !isOpen() && !state().unread,
                      }}
                    />
                    <Tooltip text={server().name}>
                      <A
                        href={`/servers/${listed.id}`}
                        aria-label={
                          state().unread
                            ? tu('unread.server', server().name, state().mentions)
                            : server().name
                        }
                        aria-current={isOpen() ? 'page' : undefined}
                        class="relative block rounded-large transition active:scale-95 [&:hover>span:not(.bg-brass)]:bg-raised-more [&:hover>span:not(.bg-brass)]:text-ink"
                      >
                        <ServerIcon
                          server={server()}
                          size={44}
                          active={isOpen()}
                          class="rounded-large text-list"
                        />
                        <MentionBadge
                          count={state().mentions}
                          class="absolute -right-1 -bottom-1 ring-[3px] ring-rail"
                        />
                      </A>
                    </Tooltip>
                  </li>
                );
              }}
            </For>
          )}
        </Show>
        <li>
          <Tooltip text={t('rail.add')}>
            <button
              type="button"
              aria-label={t('rail.add')}
              class="grid size-11 place-items-center rounded-large bg-raised text-live-ink transition hover:bg-live hover:text-side active:scale-95"
              onClick={() => ask({ about: 'new-server', way: 'create' })}
            >
              <Plus size={20} />
            </button>
          </Tooltip>
        </li>
      </ul>
    </nav>
  );
}

/** The way to friends and conversations, with how many are not read. */
function DirectLink() {
  const rooms = useRooms();
  const location = useLocation();
  const isOpen = () => isDirect(location.pathname);
  const waiting = () => (rooms.direct()?.unread() ?? 0) + (rooms.direct()?.requests() ?? 0);
  return (
    <div class="group relative grid h-[66px] w-[68px] shrink-0 place-items-center">
      <span
        aria-hidden="true"
        class="absolute top-1/2 left-0 w-1 -translate-y-1/2 rounded-r-full bg-ink transition-all"
        classList={{ 'h-6': isOpen(), 'h-0 group-hover:h-3': !isOpen() }}
      />
      <Tooltip text={t('rail.direct')}>
        <A
          href="/direct"
          aria-label={waiting() > 0 ? t('rail.directWaiting', waiting()) : t('rail.direct')}
          aria-current={isOpen() ? 'page' : undefined}
          class="relative grid size-11 place-items-center rounded-large transition active:scale-95"
          classList={{
            'bg-brass text-on-brass': isOpen(),
            'bg-raised text-brass-ink hover:bg-raised-more': !isOpen(),
          }}
        >
          <Reeds size={22} />
          <Show when={waiting() > 0}>
            <MentionBadge
              count={waiting()}
              class="absolute -right-1 -bottom-1 ring-[3px] ring-rail"
            />
          </Show>
        </A>
      </Tooltip>
    </div>
  );
}

function RailSkeleton() {
  return (
    <li class="animate-late">
      <Skeleton width="44px" height="44px" />
    </li>
  );
}
