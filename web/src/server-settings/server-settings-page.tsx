import { useParams } from '@solidjs/router';
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal';
import { Match, Switch } from 'solid-js';
import { SettingsFrame } from '../design/settings-frame.tsx';
import type { SettingsSection } from '../design/settings-frame.tsx';
import { Splash } from '../login/splash.tsx';
import { NotFoundPage } from '../not-found-page.tsx';
import { useRooms } from '../room/rooms.tsx';
import type { ServerState } from '../room/server-state.ts';
import { t } from '../strings/server-settings.ts';
import { OverviewSection } from './overview-section.tsx';
import { ServerContext } from './server-context.tsx';

/** What concerns one server, for those who may change it. */
export function ServerSettingsPage() {
  const params = useParams<{ serverId: string; section?: string }>();
  const rooms = useRooms();
  return (
    <Switch fallback={<Splash />}>
      <Match when={rooms.serverStatus(params.serverId) === 'gone'}>
        <NotFoundPage />
      </Match>
      <Match when={rooms.server(params.serverId)}>
        {(state) => (
          <ServerContext.Provider value={state}>
            <SettingsFrame
              title={state().structure.server.name}
              back={{
                href: `/servers/${params.serverId}`,
                name: t('serverSettings.back'),
              }}
              base={`/servers/${params.serverId}/settings`}
              sections={sectionsFor(state())}
              open={params.section}
            />
          </ServerContext.Provider>
        )}
      </Match>
    </Switch>
  );
}

/** What this member may see of it. */
function sectionsFor(_state: ServerState): readonly SettingsSection[] {
  return [
    {
      key: 'overview',
      name: t('serverSettings.overview'),
      icon: SlidersHorizontal,
      content: OverviewSection,
    },
  ];
}
