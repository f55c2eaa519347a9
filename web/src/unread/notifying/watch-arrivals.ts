import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { useLocation, useNavigate } from '@solidjs/router';
import { onCleanup } from 'solid-js';
import { excerptOf } from '../../channel/excerpt.ts';
import { messagePath } from '../../channel/message-path.ts';
import { directName } from '../../room/direct-name.ts';
import { memberName } from '../../room/member-groups.ts';
import { useRooms } from '../../room/rooms.tsx';
import { channelOf } from '../../room/server-view.ts';
import { useSession } from '../../session-context.tsx';
import { t } from '../../strings/notifying.ts';
import type { Arrival } from '../create-unread.ts';
import { createLooking } from '../reading.ts';
import { useUnread } from '../use-unread.ts';
import { isWanted } from './is-wanted.ts';
import { createLead } from './lead.ts';
import { createTone } from './tone.ts';

/** Time for a device that shows the message to say that it is read, in milliseconds. */
const READ_ELSEWHERE_MS = 700;
const LONGEST_TEXT = 180;

/** Tells of messages while one looks elsewhere: by the system's notifications, and by a tone. */
export function watchArrivals(): void {
  const rooms = useRooms();
  const unread = useUnread();
  const session = useSession();
  const location = useLocation();
  const navigate = useNavigate();
  const isLooking = createLooking();
  const me = session.user()?.id ?? '';
  const leads = createLead(me);
  const tone = createTone(() => new AudioContext());
  const told = new Set<string>();

  const isInView = (channelId: string): boolean =>
    isLooking() && location.pathname.split('/').includes(channelId);

  const wants = ({ channelId, messageId, authorId, isMention }: Arrival): boolean =>
    isWanted({
      isOwn: authorId === me,
      isMention,
      isMuted: unread.isMuted(channelId),
      level: unread.level(channelId),
      isDnd: rooms.presence().status === 'dnd',
      isInView: isInView(channelId),
      isRead: unread.isRead(channelId, messageId),
      isBlocked: rooms.direct()?.isBlocked(authorId) === true,
    });

  async function consider(arrival: Arrival): Promise<void> {
    if (!leads() || told.has(arrival.messageId) || !wants(arrival)) return;
    told.add(arrival.messageId);
    await new Promise((resolve) => setTimeout(resolve, READ_ELSEWHERE_MS));
    if (!wants(arrival)) return;
    const { desktop, sound, volume } = unread.preferences.all();
    if (sound) tone.play(volume);
    if (desktop && 'Notification' in globalThis && Notification.permission === 'granted') {
      await show(arrival);
    }
  }

  async function show({ serverId, channelId, messageId }: Arrival): Promise<void> {
    const message = await read(channelId, messageId);
    if (message === undefined || message.removedAt !== null) return;
    const from = author(serverId, message);
    const notification = new Notification(titleOf(serverId, channelId, from), {
      body: unread.preferences.all().preview ? textOf(serverId, message) : t('notify.something'),
      tag: channelId,
      icon: '/icon-192.png',
      // It has a tone of its own, if any.
      silent: true,
    });
    notification.addEventListener('click', () => {
      window.focus();
      navigate(messagePath({ serverId, channelId, messageId }));
      notification.close();
    });
  }

  async function read(channelId: Snowflake, messageId: Snowflake): Promise<Message | undefined> {
    try {
      const parts = { params: { id: channelId }, query: { ids: messageId } };
      return (await session.call('GET /api/channels/:id/messages', parts))[0];
    } catch {
      // Away, or out of sight by now: the tone has told, and the badge stays.
      return undefined;
    }
  }

  const author = (serverId: string | undefined, { author: user }: Message): string =>
    serverId === undefined ? user.username : memberName(rooms.members(serverId), user);

  function titleOf(serverId: string | undefined, channelId: string, from: string): string {
    if (serverId === undefined) {
      const group = rooms.direct()?.channel(channelId);
      return group?.type === 'group' ? t('notify.inGroup', from, directName(group, me)) : from;
    }
    const server = rooms.server(serverId);
    const channel = channelOf(server, channelId)?.name ?? '';
    return t('notify.inChannel', from, channel, server?.structure.server.name ?? '');
  }

  function textOf(serverId: string | undefined, { content, attachments }: Message): string {
    const server = serverId === undefined ? undefined : rooms.server(serverId);
    const text = excerptOf(content, {
      user: (id) =>
        (serverId === undefined ? undefined : rooms.members(serverId).get(id)?.user.username) ??
        (id === me ? (session.user()?.username ?? '') : t('notify.someone')),
      role: (id) => server?.structure.roles.find((role) => role.id === id)?.name ?? '',
      channel: (id) => channelOf(server, id)?.name ?? '',
    });
    if (text !== '') return text.slice(0, LONGEST_TEXT);
    return t('notify.files', attachments?.length ?? 1);
  }

  const stop = unread.listen((arrival) => void consider(arrival));
  const refresh = () => unread.preferences.refresh();
  addEventListener('storage', refresh);
  onCleanup(() => {
    stop();
    tone.close();
    removeEventListener('storage', refresh);
  });
}
