import type { Channel } from '@harmonium/api/channel';
import { Permission, hasPermission } from '@harmonium/api/permissions';
import { useParams } from '@solidjs/router';
import Eye from 'lucide-solid/icons/eye';
import ShieldCheck from 'lucide-solid/icons/shield-check';
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal';
import { Match, Show, Switch, createMemo } from 'solid-js';
import { SettingsFrame } from '../design/settings-frame.tsx';
import type { SettingsSection } from '../design/settings-frame.tsx';
import { Splash } from '../login/splash.tsx';
import { NotFoundPage } from '../not-found-page.tsx';
import { useRooms } from '../room/rooms.tsx';
import type { ServerState } from '../room/server-state.ts';
import { channelOf, myChannelPermissions } from '../room/server-view.ts';
import { t } from '../strings/channel-settings.ts';
import { ChannelContext } from './channel-context.tsx';
import { OverviewSection } from './overview-section.tsx';
import { PermissionsSection } from './permissions-section.tsx';
import { ViewAsSection } from './view-as-section.tsx';

/** What concerns one channel, for those who may change it. */
export function ChannelSettingsPage() {
  const params = useParams<{ serverId: string; channelId: string; section?: string }>();
  const rooms = useRooms();
  return (
    <Switch fallback={<Splash />}>
      <Match when={rooms.serverStatus(params.serverId) === 'gone'}>
        <NotFoundPage />
      </Match>
      <Match when={rooms.server(params.serverId)}>
        {(state) => (
          <Show when={channelOf(state(), params.channelId)} fallback={<NotFoundPage />}>
            {(channel) => (
              <OpenSettings state={state()} channel={channel()} section={params.section} />
            )}
          </Show>
        )}
      </Match>
    </Switch>
  );
}

function OpenSettings(props: {
  state: ServerState;
  channel: Channel;
  section: string | undefined;
}) {
  const keys = createMemo(() => sectionKeys(props.state, props.channel).join(' '));
  // The list stays the same while nothing of it changes, so that an open form is not drawn anew.
  const sections = createMemo(() => {
    const shown = keys().split(' ');
    return allSections().filter(({ key }) => shown.includes(key));
  });
  const address = () => `/servers/${props.state.structure.server.id}/channels/${props.channel.id}`;
  return (
    <Show when={sections().length > 0} fallback={<NotFoundPage />}>
      <ChannelContext.Provider value={{ state: () => props.state, channel: () => props.channel }}>
        <SettingsFrame
          title={props.channel.name}
          back={{
            href:
              props.channel.type === 'text'
                ? `/servers/${props.state.structure.server.id}/${props.channel.id}`
                : `/servers/${props.state.structure.server.id}`,
            name: t('channelSettings.back', props.state.structure.server.name),
          }}
          base={`${address()}/settings`}
          sections={sections()}
          open={props.section}
        />
      </ChannelContext.Provider>
    </Show>
  );
}

/** What this member may see of it; the server checks again. */
function sectionKeys(state: ServerState, channel: Channel): string[] {
  const held = myChannelPermissions(state, channel, Date.now());
  const edits = hasPermission(held, Permission.MANAGE_CHANNELS);
  const rules = hasPermission(held, Permission.MANAGE_ROLES);
  return [
    ...(edits ? ['overview'] : []),
    ...(rules ? ['permissions'] : []),
    ...(edits || rules ? ['view-as'] : []),
  ];
}

function allSections(): readonly SettingsSection[] {
  return [
    {
      key: 'overview',
      name: t('channelSettings.overview'),
      icon: SlidersHorizontal,
      content: OverviewSection,
    },
    {
      key: 'permissions',
      name: t('channelSettings.permissions'),
      icon: ShieldCheck,
      content: PermissionsSection,
      wide: true,
    },
    { key: 'view-as', name: t('channelSettings.viewAs'), icon: Eye, content: ViewAsSection },
  ];
}
