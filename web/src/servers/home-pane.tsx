import { A, Navigate } from '@solidjs/router';
import { Match, Switch } from 'solid-js';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { QUIET_LINK_BUTTON } from '../design/link-button.ts';
import { createPageTitle } from '../design/page-title.ts';
import { Splash } from '../login/splash.tsx';
import { useRooms } from '../room/rooms.tsx';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/strings.ts';
import { useAsk } from './dialogs.tsx';
import { createLastVisited } from './last-visited.ts';
import { UserPanel } from './user-panel.tsx';

/** The start page: on to the server of last time, or the first step to a server of one's own. */
export function HomePane() {
  const rooms = useRooms();
  const lastVisited = createLastVisited(localStorage);
  const entry = () => {
    const servers = rooms.servers() ?? [];
    return servers.find((server) => server.id === lastVisited.server()) ?? servers[0];
  };
  return (
    <Switch fallback={<Splash />}>
      <Match when={entry()}>{(server) => <Navigate href={`/servers/${server().id}`} />}</Match>
      <Match when={rooms.servers()?.length === 0}>
        <Welcome />
      </Match>
      <Match when={rooms.failed()}>
        <main class="flex flex-1">
          <EmptyState
            heading="h1"
            title={t('session.unreachableTitle')}
            sentence={t('session.unreachableSentence')}
          >
            <Button onClick={() => rooms.wake()}>{t('session.retry')}</Button>
          </EmptyState>
        </main>
      </Match>
    </Switch>
  );
}

function Welcome() {
  const ask = useAsk();
  const session = useSession();
  createPageTitle(() => t('servers.create'));
  return (
    <div class="flex flex-1 flex-col bg-side [--surface:var(--side)]">
      <main class="flex flex-1 overflow-y-auto">
        <EmptyState
          heading="h1"
          title={t('servers.welcomeTitle', session.user()?.username ?? '')}
          sentence={t('servers.welcomeSentence')}
        >
          <Button onClick={() => ask({ about: 'new-server', way: 'create' })}>
            {t('servers.create')}
          </Button>
          <Button look="quiet" onClick={() => ask({ about: 'new-server', way: 'join' })}>
            {t('servers.join')}
          </Button>
          <A href="/direct" class={QUIET_LINK_BUTTON}>
            {t('servers.toFriends')}
          </A>
        </EmptyState>
      </main>
      <div class="w-[252px] max-tablet:w-full">
        <UserPanel />
      </div>
    </div>
  );
}
