import { Snowflake } from '@harmonium/api/ids';
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
  server: { id: serverId, name: 'Guild', icon: null, ownerId: mirela.id },
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

async function openRoom(isConnected: boolean) {
  const said: ServerClientEvent[] = [];
  let hooks: Parameters<ServerRoomDeps['connect']>[0] | undefined;
  const room = createServerRoom(serverId, {
    view: () => Promise.resolve(view),
    members: () => Promise.resolve([]),
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
