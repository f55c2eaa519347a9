import { useParams } from '@solidjs/router';
import Ban from 'lucide-solid/icons/ban';
import Smile from 'lucide-solid/icons/face-slightly-smiling';
import Link from 'lucide-solid/icons/link';
import ScrollText from 'lucide-solid/icons/scroll-text';
import Shield from 'lucide-solid/icons/shield';
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal';
import Users from 'lucide-solid/icons/users';
import { Match, Show, Switch, createMemo } from 'solid-js';
import { AuditLogSection } from '../audit-log/audit-log-section.tsx';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { SettingsFrame } from '../design/settings-frame.tsx';
import type { SettingsSection } from '../design/settings-frame.tsx';
import { EmojiSection } from '../emoji-settings/emoji-section.tsx';
import { Splash } from '../login/splash.tsx';
import { NotFoundPage } from '../not-found-page.tsx';
import { useRooms } from '../room/rooms.tsx';
import type { ServerState } from '../room/server-state.ts';
import { serverSections } from '../servers/settings-sections.ts';
import type { ServerSection } from '../servers/settings-sections.ts';
import { t } from '../strings/server-settings.ts';
import { BansSection } from './bans-section.tsx';
import { InvitesSection } from './invites-section.tsx';
import { MembersSection } from './members-section.tsx';
import { OverviewSection } from './overview-section.tsx';
import { RolesSection } from './roles-section.tsx';
import { ServerContext } from './server-context.tsx';

const SECTIONS: readonly (SettingsSection & { key: ServerSection })[] = [
  {
    key: 'overview',
    name: t('serverSettings.overview'),
    icon: SlidersHorizontal,
    content: OverviewSection,
  },
  {
    key: 'roles',
    name: t('serverSettings.roles'),
    icon: Shield,
    content: RolesSection,
    wide: true,
  },
  {
    key: 'members',
    name: t('serverSettings.members'),
    icon: Users,
    content: MembersSection,
    wide: true,
  },
  { key: 'emoji', name: t('serverSettings.emoji'), icon: Smile, content: EmojiSection },
  { key: 'invites', name: t('serverSettings.invites'), icon: Link, content: InvitesSection },
  { key: 'bans', name: t('serverSettings.bans'), icon: Ban, content: BansSection },
  {
    key: 'audit-log',
    name: t('serverSettings.auditLog'),
    icon: ScrollText,
    content: AuditLogSection,
  },
];

/** What concerns one server, for those who may change it. */
export function ServerSettingsPage() {
  const params = useParams<{ serverId: string; section?: string }>();
  const rooms = useRooms();
  const status = () => rooms.serverStatus(params.serverId);
  return (
    <Switch fallback={<Splash />}>
      <Match when={status() === 'gone'}>
        <NotFoundPage />
      </Match>
      <Match when={status() === 'failed'}>
        <main class="flex min-h-dvh bg-main">
          <EmptyState heading="h1" title={t('serverSettings.failed')}>
            <Button onClick={() => rooms.wake()}>{t('serverSettings.retry')}</Button>
          </EmptyState>
        </main>
      </Match>
      <Match when={rooms.server(params.serverId)}>
        {(state) => <OpenSettings state={state()} section={params.section} />}
      </Match>
    </Switch>
  );
}

function OpenSettings(props: { state: ServerState; section: string | undefined }) {
  const keys = createMemo(() => serverSections(props.state, Date.now()).join(' '));
  // The list stays the same while nothing of it changes, so that an open form is not drawn anew.
  const sections = createMemo(() => {
    const shown = keys().split(' ');
    return SECTIONS.filter(({ key }) => shown.includes(key));
  });
  const server = () => props.state.structure.server;
  return (
    <Show when={sections().length > 0} fallback={<NotFoundPage />}>
      <ServerContext.Provider value={() => props.state}>
        <SettingsFrame
          title={server().name}
          back={{ href: `/servers/${server().id}`, name: t('serverSettings.back') }}
          base={`/servers/${server().id}/settings`}
          sections={sections()}
          open={props.section}
        />
      </ServerContext.Provider>
    </Show>
  );
}
