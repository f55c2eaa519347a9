import { createMemo } from 'solid-js';
import { directName } from '../room/direct-name.ts';
import { displayName } from '../room/member-groups.ts';
import { useRooms } from '../room/rooms.tsx';
import { useSession } from '../session-context.tsx';
import { t } from '../strings/switcher.ts';
import { useUnread } from '../unread/use-unread.ts';
import type { Place } from './find-places.ts';

/** Everywhere one can go: what one has joined, whom one talks to, and whom one knows. */
export function createPlaces(): () => readonly Place[] {
  const rooms = useRooms();
  const session = useSession();
  const unread = useUnread();

  const channels = (): Place[] =>
    (rooms.servers() ?? []).flatMap(({ id, name: hint }) =>
      (rooms.server(id)?.structure.channels ?? []).map((channel): Place => {
        const { unread: isUnread, mentions } = unread.stateOf(channel.id);
        return {
          kind: channel.type === 'voice' ? 'voice' : 'channel',
          id: channel.id,
          name: channel.name,
          hint,
          path: `/servers/${id}/${channel.id}`,
          unread: isUnread,
          mentions,
        };
      }),
    );

  const servers = (): Place[] =>
    (rooms.servers() ?? []).map(({ id, name }) => ({
      kind: 'server',
      id,
      name,
      hint: t('switcher.server'),
      path: `/servers/${id}`,
      unread: false,
      mentions: 0,
    }));

  const conversations = (): Place[] =>
    (rooms.direct()?.channels() ?? []).map((channel) => {
      const { unread: isUnread, mentions } = unread.stateOf(channel.id);
      return {
        kind: 'direct',
        id: channel.id,
        name: directName(channel, session.user()?.id).replace(/^@/, ''),
        hint: t('switcher.direct'),
        path: `/direct/${channel.id}`,
        unread: isUnread,
        mentions,
      };
    });

  /** Friends, and those in one's servers, to whom one does not talk yet. */
  const people = (): Place[] => {
    const known = new Map<string, { name: string; hint: string }>();
    for (const { id } of rooms.servers() ?? []) {
      for (const { rows } of rooms.members(id).groups()) {
        for (const { member } of rows) {
          known.set(member.user.id, { name: displayName(member), hint: member.user.username });
        }
      }
    }
    for (const { user, kind } of rooms.direct()?.relationships() ?? []) {
      if (kind === 'friend') known.set(user.id, { name: user.username, hint: user.username });
      if (kind === 'blocked') known.delete(user.id);
    }
    known.delete(session.user()?.id ?? '');
    for (const channel of rooms.direct()?.channels() ?? []) {
      if (channel.type !== 'direct') continue;
      for (const { id } of channel.participants) known.delete(id);
    }
    return [...known].map(([id, { name, hint }]) => ({
      kind: 'person',
      id,
      name,
      hint: hint === name ? t('switcher.person') : hint,
      path: undefined,
      unread: false,
      mentions: 0,
    }));
  };

  return createMemo(() => [...channels(), ...conversations(), ...servers(), ...people()]);
}
