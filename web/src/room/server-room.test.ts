import { Snowflake } from '@harmonium/api/ids';
import type { Member } from '@harmonium/api/member';
import type { ServerView } from '@harmonium/api/server';
import type { ServerClientEvent } from '@harmonium/rooms/client-event';
import { describe, expect, test } from 'vitest';
import { createServerRoom } from './server-room.ts';
import type { ServerRoomDeps } from './server-room.ts';
import { mirela } from './testing/messages.ts';

const id = (text: string) => Snowflake.parse(text);
const serverId = id('50');
const expiresAt = '2026-11-23T13:00:00.000Z';

const view: ServerView = {
  rev: 1,
  server: { id: serverId, name: 'Guild', icon: null, theme: null, ownerId: mirela.id },
  channels: [
    {
      id: id('60'),
      serverId,
      categoryId: null,
      type: 'text',
      name: 'general',
      topic: '',
      position: 0,
      slowmode: 0,
      overrides: [],
    },
  ],
  categories: [],
  roles: [],
  emojis: [],
  me: {
    user: mirela,
    serverId,
    nickname: null,
    roles: [],
    joinedAt: '2026-11-23T12:00:00.000Z',
    timeoutUntil: null,
  },
  ticket: { url: 'ws://chat.example/parties/server/50', ticket: 'server-ticket', expiresAt },
};

async function openRoom(isConnected: boolean, members: Member[] = []) {
  const said: ServerClientEvent[] = [];
  let hooks: Parameters<ServerRoomDeps['connect']>[0] | undefined;
  const room = createServerRoom(serverId, {
    view: () => Promise.resolve(view),
    members: () => Promise.resolve(members),
    connect: (given) => {
      hooks = given;
      return {
        send: (event) => {
          said.push(event);
          return isConnected;
        },
        wake() {},
        drop() {},
        close() {},
      };
    },
    presence: () => undefined,
    onEvent: () => {},
    onGone: () => {},
    spread: () => 0,
  });
  await room.open();
  const request = () => said.find((event) => event.type === 'ticket.request');
  return {
    room,
    said,
    request,
    hear: (event: Parameters<NonNullable<typeof hooks>['onEvent']>[0]) => hooks?.onEvent(event),
  };
}

describe('the way into a channel', () => {
  test('the server’s room lets the reader in, at the address next to its own', async () => {
    const { room, request, hear } = await openRoom(true);
    const entering = room.letIn('60');
    const nonce = request()?.nonce;
    hear({ type: 'channel.ticket', nonce, channelId: id('60'), ticket: 'a ticket', expiresAt });
    expect(await entering).toEqual({
      url: 'ws://chat.example/parties/main/60',
      ticket: 'a ticket',
      expiresAt,
    });
  });

  test('a room that is away, or refuses, leaves the question to api', async () => {
    const away = await openRoom(false);
    expect(await away.room.letIn('60')).toBeUndefined();
    const { room, request, hear } = await openRoom(true);
    const entering = room.letIn('60');
    hear({ type: 'rejected', nonce: request()?.nonce, code: 'not_found', message: '' });
    expect(await entering).toBeUndefined();
  });

  test('a channel of another server is not asked for here', async () => {
    const { room, said } = await openRoom(true);
    expect(await room.letIn('61')).toBeUndefined();
    expect(said).toEqual([]);
  });
});

describe('who is online', () => {
  const { me, ticket: _, ...structure } = view;
  const ready = {
    type: 'ready' as const,
    rev: 1,
    structure,
    you: { roles: [], timeoutUntil: null },
    voice: [],
    latest: [],
    mentions: [],
    ticket: 'the next one',
    expiresAt,
  };
  const many = Array.from({ length: 250 }, (_unused, index) => ({
    ...me,
    user: { ...mirela, id: id(String(1000 + index)) },
  }));
  const asked = (said: ServerClientEvent[]) =>
    said.filter((event) => event.type === 'presence.request').map((event) => event.userIds.length);

  test('in a large server the room is asked about the members on the list', async () => {
    const { room, said, hear } = await openRoom(true, many);
    room.members();
    hear({ ...ready, presences: [], online: 3 });
    await expect.poll(() => asked(said)).toEqual([200, 50]);
  });

  test('where the room named everyone nobody is asked about', async () => {
    const { room, said, hear } = await openRoom(true, many);
    const list = room.members();
    hear({ ...ready, presences: [{ userId: mirela.id, status: 'online' }], online: 1 });
    await expect.poll(() => list.state()).toBe('loaded');
    expect(asked(said)).toEqual([]);
  });
});
