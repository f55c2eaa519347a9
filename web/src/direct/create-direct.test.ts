import { ApiProblem } from '@harmonium/api/client';
import type { Client } from '@harmonium/api/client';
import type { DirectChannel } from '@harmonium/api/direct';
import type { Snowflake } from '@harmonium/api/ids';
import type { Relationship } from '@harmonium/api/relationship';
import type { UserServerEvent } from '@harmonium/rooms/server-event';
import { expect, test } from 'vitest';
import { MemoryStorage } from '../room/testing/storage.ts';
import { createUnread } from '../unread/create-unread.ts';
import { createDirect } from './create-direct.ts';

const ME = { id: '1' as Snowflake, username: 'me', avatar: null }; // Literal snowflakes, all of them.
const EMIL = { id: '2' as Snowflake, username: 'emil', avatar: null };

const READY = {
  type: 'ready',
  seq: 0,
  marks: [],
  notifications: [],
  ticket: '',
  expiresAt: '',
} as const satisfies UserServerEvent;

function channel(id: string, lastMessageId?: string): DirectChannel {
  return {
    id: id as Snowflake,
    type: 'direct',
    name: '',
    ownerId: null,
    participants: [ME, EMIL],
    lastMessageId: (lastMessageId as Snowflake | undefined) ?? null,
  };
}

/** api that answers by route, when it is told to. */
function open(answers: Record<string, unknown>) {
  const asked: string[] = [];
  const call = async (key: string) => {
    asked.push(key);
    const answer = await answers[key];
    if (answer === undefined) throw new ApiProblem(404, undefined);
    return answer;
  };
  const unread = createUnread({
    call: call as Client, // As above.
    me: () => ME,
    say: () => true,
    server: () => undefined,
    now: () => 0,
    storage: new MemoryStorage(),
  });
  unread.hear(READY);
  const direct = createDirect({
    call: call as Client, // Answers by the same keys.
    me: () => ME,
    unread,
    spread: () => 0,
  });
  const hear = (event: UserServerEvent): void => {
    unread.hear(event);
    direct.hear(event);
  };
  return { direct: { ...direct, hear }, asked };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const list = (people: Relationship[], channels: DirectChannel[]) => ({
  'GET /api/users/@me/relationships': people,
  'GET /api/users/@me/channels': channels,
});
const friend: Relationship = { user: EMIL, kind: 'friend', since: '2026-01-01T00:00:00.000Z' };
const activity = (channelId: string, messageId: string) =>
  ({
    type: 'direct.activity',
    channelId: channelId as Snowflake,
    messageId: messageId as Snowflake,
    authorId: EMIL.id,
  }) as const;

test('the conversation written in last is the first', async () => {
  const { direct } = open(list([], [channel('10', '50'), channel('11', '40')]));
  await settled();
  expect(direct.channels()?.map(({ id }) => id)).toEqual(['10', '11']);
  direct.hear(activity('11', '60'));
  expect(direct.channels()?.map(({ id }) => id)).toEqual(['11', '10']);
  direct.dispose();
});

test('what is not read is counted until some device has read it', async () => {
  const { direct } = open(list([], [channel('10', '50'), channel('11')]));
  await settled();
  expect(direct.unread()).toBe(1);
  const mark = { channelId: '10' as Snowflake, messageId: '50' as Snowflake };
  direct.hear({ type: 'read.mark', ...mark });
  expect(direct.unread()).toBe(0);
  direct.hear(activity('10', '51'));
  expect(direct.unread()).toBe(1);
  direct.dispose();
});

test('what is heard while the lists are on their way is not lost behind them', async () => {
  let answer: (value: Relationship[]) => void = () => {};
  const waiting = new Promise<Relationship[]>((resolve) => (answer = resolve));
  const { direct } = open({ ...list([], []), 'GET /api/users/@me/relationships': waiting });
  direct.hear({ type: 'relationship.changed', relationship: friend });
  direct.hear({ type: 'direct.opened', channel: channel('12') });
  answer([]);
  await settled();
  expect(direct.kind(EMIL.id)).toBe('friend');
  expect(direct.channel('12')).toBeDefined();
  direct.dispose();
});

test('the lists are asked for once when one comes, and again by whoever comes back', async () => {
  const { direct, asked } = open(list([], []));
  direct.hear(READY);
  await settled();
  await settled();
  expect(asked).toHaveLength(2);
  direct.hear(READY);
  await settled();
  expect(asked).toHaveLength(4);
  direct.dispose();
});

test('a conversation that was put away is in the list again when somebody writes', async () => {
  const { direct, asked } = open({
    ...list([], []),
    'GET /api/users/@me/channels/:id': channel('13', '70'),
  });
  await settled();
  direct.hear(activity('13', '70'));
  await settled();
  expect(asked.at(-1)).toBe('GET /api/users/@me/channels/:id');
  expect(direct.channels()?.map(({ id }) => id)).toEqual(['13']);
  direct.hear({ type: 'direct.closed', channelId: '13' as Snowflake });
  expect(direct.channels()).toEqual([]);
  direct.dispose();
});

test('who is no friend any more is shown as nothing', async () => {
  const { direct } = open(list([friend], []));
  await settled();
  direct.hear({ type: 'presence.changed', presences: [{ userId: EMIL.id, status: 'dnd' }] });
  expect(direct.presence(EMIL.id)).toBe('dnd');
  direct.hear({ type: 'relationship.removed', userId: EMIL.id });
  expect([direct.presence(EMIL.id), direct.kind(EMIL.id)]).toEqual(['offline', undefined]);
  direct.dispose();
});

test('of a call it is known who is in it, also after the connection was lost', async () => {
  const { direct } = open(list([friend], [channel('10')]));
  const state = {
    channelId: '10' as Snowflake,
    user: EMIL,
    muted: false,
    deafened: false,
    speaking: false,
    since: '2026-01-01T00:00:00.000Z',
  };
  direct.hear({ type: 'voice.joined', state });
  direct.hear({ type: 'voice.updated', state: { ...state, speaking: true } });
  expect(direct.inCall('10')).toEqual([{ ...state, speaking: true }]);
  // The room says it anew after each `ready`.
  direct.hear(READY);
  expect(direct.inCall('10')).toEqual([]);
  direct.dispose();
});
