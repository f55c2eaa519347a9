import { useLocation } from '@solidjs/router';
import type { RouteSectionProps } from '@solidjs/router';
import { Show, Suspense, createEffect, on } from 'solid-js';
import { late } from '../design/late.tsx';
import { createShortcut } from '../design/shortcut.ts';
import { AppKeys } from '../keys/app-keys.tsx';
import { createChannelKeys } from './channel-keys.ts';
import { Dialogs } from './dialogs.tsx';
import { isDirect } from './is-direct.ts';
import { PanelsProvider, usePanels } from './panels.tsx';
import { Rail } from './rail.tsx';
import { Sidebar } from './sidebar.tsx';
import { makeSwipe } from './swipe.ts';
import { useRooms } from '../room/rooms.tsx';
import { t } from '../strings/strings.ts';
import { VoiceStrip, useVoice } from '../voice/voice.tsx';

const FloatingCall = late(
  async () => (await import('../voice/video/floating-call.tsx')).FloatingCall,
);

/** Servers, channels and the conversation: side by side, or in drawers on a phone. */
export function AppShell(props: RouteSectionProps) {
  return (
    <PanelsProvider>
      <Dialogs>
        <Columns>{props.children}</Columns>
        <AppKeys />
      </Dialogs>
    </PanelsProvider>
  );
}

function Columns(props: Pick<RouteSectionProps, 'children'>) {
  const panels = usePanels();
  const rooms = useRooms();
  const location = useLocation();
  const swipe = makeSwipe(panels.swipe);
  // A newcomer sees one thing to do, not empty columns.
  const hasServers = () =>
    (rooms.servers() ?? [undefined]).length > 0 || isDirect(location.pathname);

  createEffect(on(() => location.pathname, panels.closeDrawers, { defer: true }));
  // Whoever is removed from their last server: what lay over it has nothing to show.
  createEffect(() => !hasServers() && panels.closeDrawers());
  createShortcut('Escape', panels.closeDrawers);
  createChannelKeys();

  const voice = useVoice();
  /** The call fills the page, and has its own controls. */
  const isLookedAt = () => {
    const call = voice.call();
    if (call === undefined || call.phase === 'failed') return false;
    const { serverId, channelId } = call;
    const place = serverId === undefined ? '/direct' : `/servers/${serverId}`;
    return location.pathname === `${place}/${channelId}`;
  };

  let drawer: HTMLDivElement | undefined;
  const isCovered = () => panels.isPhone() && panels.menuOpen();
  createEffect(on(isCovered, (covered) => covered && drawer?.focus(), { defer: true }));

  return (
    <div
      class="flex h-dvh touch-pan-y overflow-hidden bg-main"
      onTouchStart={(event) => hasServers() && swipe.onTouchStart(event)}
      onTouchEnd={(event) => hasServers() && swipe.onTouchEnd(event)}
    >
      <a
        href="#conversation"
        class="fixed top-2 left-2 z-50 -translate-y-16 rounded-small bg-brass px-3 py-2 text-on-brass focus:translate-y-0"
      >
        {t('shell.skip')}
      </a>
      <Show when={hasServers()}>
        <div
          class="z-30 flex shrink-0 transition-transform duration-150 max-tablet:fixed max-tablet:inset-y-0 max-tablet:left-0 max-tablet:w-[min(88vw,340px)] max-tablet:shadow-float"
          classList={{
            'max-tablet:-translate-x-full max-tablet:shadow-none': !panels.menuOpen(),
          }}
          ref={(element) => (drawer = element)}
          tabIndex={-1}
          inert={!panels.menuOpen()}
        >
          <Rail />
          <Sidebar />
        </div>
      </Show>
      <Scrim />
      <div
        id="conversation"
        tabIndex={-1}
        inert={isCovered()}
        class="flex min-w-0 flex-1 max-tablet:flex-col"
      >
        {/* Where the channel list is a drawer, the call stays in sight beside the conversation. */}
        <Show when={panels.isPhone() && !panels.menuOpen() && !isLookedAt()}>
          <div class="pt-safe shrink-0 empty:hidden [&>section]:mt-2">
            <VoiceStrip />
          </div>
        </Show>
        <Suspense>{props.children}</Suspense>
        <Show when={voice.video() !== undefined && !isCovered()}>
          <FloatingCall />
        </Show>
      </div>
    </div>
  );
}

/** Darkens the conversation under a drawer, and puts the drawer away. */
function Scrim() {
  const panels = usePanels();
  const isShown = () =>
    (panels.isPhone() && panels.menuOpen()) || (!panels.isWide() && panels.membersOpen());
  return (
    <Show when={isShown()}>
      <button
        type="button"
        aria-label={t('shell.closeMenu')}
        class="fixed inset-0 z-20 animate-appear bg-scrim"
        onClick={() => panels.closeDrawers()}
      />
    </Show>
  );
}
