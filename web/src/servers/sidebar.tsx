import { useLocation, useParams } from '@solidjs/router';
import { Match, Show, Suspense, Switch, createEffect, createSignal, lazy } from 'solid-js';
import { Skeleton, SkeletonRows } from '../design/skeleton.tsx';
import { useInstance } from '../instance.tsx';
import { useRooms } from '../room/rooms.tsx';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/strings.ts';
import { VoiceBar } from '../voice/voice.tsx';
import { ChannelList } from './channel-list.tsx';
import { isDirect } from './is-direct.ts';
import { NotifyAsk } from '../unread/notify-ask.tsx';
import { usePanels } from './panels.tsx';
import { ServerMenu } from './server-menu.tsx';
import { UserPanel } from './user-panel.tsx';

const DirectSidebar = lazy(async () => ({
  default: (await import('../direct/direct-sidebar.tsx')).DirectSidebar,
}));
const VerifyNotice = lazy(async () => ({
  default: (await import('../login/verify-notice.tsx')).VerifyNotice,
}));

/**
 * Where one is, once one is there. The router changes pages in a transition, in which Solid draws
 * what depends on the address apart: what a server's room says in the midst of it would be lost.
 */
function createPlace() {
  const location = useLocation();
  const params = useParams<{ serverId?: string }>();
  const now = () => ({ serverId: params.serverId, isDirect: isDirect(location.pathname) });
  const [place, setPlace] = createSignal(now());
  // Effects run when the transition is over.
  createEffect(() => setPlace(now()));
  return place;
}

/** The channels of the open server, the call one is in, and oneself. */
export function Sidebar() {
  const rooms = useRooms();
  const panels = usePanels();
  const session = useSession();
  const instance = useInstance();
  const isUnproven = () => instance()?.mail === true && session.user()?.emailVerified === false;
  const here = createPlace();
  const id = () => here().serverId;
  const state = () => {
    const serverId = id();
    if (serverId === undefined || rooms.serverStatus(serverId) !== 'ready') return undefined;
    return rooms.server(serverId);
  };
  const isLoading = () => {
    const serverId = id();
    return serverId === undefined || rooms.serverStatus(serverId) === 'loading';
  };
  return (
    <div class="pt-safe flex w-[252px] min-w-0 flex-1 flex-col bg-side [--surface:var(--side)] tablet:flex-none">
      <Switch fallback={<div class="flex-1" />}>
        <Match when={here().isDirect}>
          <Suspense fallback={<div class="flex-1" />}>
            <DirectSidebar />
          </Suspense>
        </Match>
        <Match when={state()}>
          {(server) => (
            <>
              <ServerMenu state={server()} />
              <ChannelList state={server()} />
            </>
          )}
        </Match>
        <Match when={isLoading()}>
          <div class="flex h-[52px] shrink-0 animate-late items-center px-4">
            <Skeleton width="60%" height="1rem" />
          </div>
          <div class="flex-1">
            <SkeletonRows rows={5} label={t('channels.loading')} />
          </div>
        </Match>
      </Switch>
      <Show when={panels.menuOpen()}>
        <VoiceBar />
      </Show>
      <NotifyAsk />
      <Show when={isUnproven()}>
        <Suspense>
          <VerifyNotice />
        </Suspense>
      </Show>
      <UserPanel />
    </div>
  );
}
