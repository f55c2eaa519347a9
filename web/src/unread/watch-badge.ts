import { createEffect, createMemo, onCleanup } from 'solid-js';
import { countInTitle } from '../design/page-title.ts';
import { useRooms } from '../room/rooms.tsx';
import { useUnread } from './use-unread.ts';

const ICONS = { nothing: '/icon.svg', unread: '/icon-unread.svg', named: '/icon-named.svg' };

/** The tab says how much waits: mentions and conversations by number, the rest by a dot. */
export function watchBadge(): void {
  const rooms = useRooms();
  const unread = useUnread();
  const servers = createMemo(() =>
    (rooms.servers() ?? []).map(({ id }) => unread.stateOfServer(id)),
  );
  const count = createMemo(
    () =>
      (rooms.direct()?.unread() ?? 0) + servers().reduce((sum, { mentions }) => sum + mentions, 0),
  );
  createEffect(() => countInTitle(count()));
  createEffect(() => {
    const isUnread = servers().some((server) => server.unread);
    showIcon(count() > 0 ? ICONS.named : isUnread ? ICONS.unread : ICONS.nothing);
  });
  onCleanup(() => {
    countInTitle(0);
    showIcon(ICONS.nothing);
  });
}

function showIcon(href: string): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (link !== null && link.getAttribute('href') !== href) link.setAttribute('href', href);
}
