import type { Client } from '@harmonium/api/client';
import { firstSnowflakeAt } from '@harmonium/api/ids';
import type { Snowflake } from '@harmonium/api/ids';
import type { NotificationSetting } from '@harmonium/api/notification';
import type { UserClientEvent } from '@harmonium/rooms/client-event';
import type { UserServerEvent } from '@harmonium/rooms/server-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ServerState } from '../room/server-state.ts';
import { MemoryStorage } from '../room/testing/storage.ts';
import { createUnread } from './create-unread.ts';
import type { Arrival } from './create-unread.ts';

const JOINED_AT = Date.UTC(2026, 0, 1);
const HOUR_MS = 60 * 60 * 1000;
const me = { id: '1' };
const [home, general, hall, dinner, chat] = ['50', '60', '61', '62', '70'] as Snowflake[] as [
  Snowflake,
  Snowflake,
  Snowflake,
  Snowflake,
  Snowflake,
]; // Literal snowflakes.
const other = '2' as Snowflake; // As above.

/** Said so many hours after the reader joined. */
const said = (hours: number) => firstSnowflakeAt(JOINED_AT + hours * HOUR_MS);

beforeEach(() => {
  vi.useFakeTimers({ now: JOINED_AT + 1000 * HOUR_MS });
});
afterEach(() => {
  vi.useRealTimers();
});

function open(ready: Partial<Extract<UserServerEvent, { type: 'ready' }>> = {}) {
  const heard: UserClientEvent[] = [];
  const chosen: unknown[] = [];
  let connected = true;
  // As much of a server as is looked at.
  const state = {
    me: { joinedAt: new Date(JOINED_AT).toISOString() },
    structure: { channels: [{ id: general }, { id: hall }, { id: dinner, parentId: hall }] },
  } as unknown as ServerState;
  const call = async (_: string, parts: { body: object; params: object }) => {
    chosen.push(parts.body);
    if (chosen.length > 1) throw new Error('away');
    return { ...parts.params, ...parts.body };
  };
  const unread = createUnread({
    call: call as unknown as Client, // Answers the one route that is asked.
    me: () => me,
    say: (event) => connected && heard.push(event) > 0,
    server: (id) => (id === home ? state : undefined),
    now: Date.now,
    storage: new MemoryStorage(),
  });
  const hear = (latest: [Snowflake, Snowflake][], mentions: [Snowflake, Snowflake][] = []) => {
    const named = ([channelId, messageId]: [Snowflake, Snowflake]) => ({ channelId, messageId });
    unread.hearServer(home, {
      type: 'ready',
      rev: 1,
      structure: state.structure,
      you: { roles: [], timeoutUntil: null },
      presences: [],
      online: 0,
      voice: [],
      latest: latest.map(named),
      mentions: mentions.map((one) => ({ ...named(one), authorId: other })),
      ticket: '',
      expiresAt: '',
    });
  };
  const start = () =>
    unread.hear({
      type: 'ready',
      seq: 0,
      marks: [],
      notifications: [],
      ticket: '',
      expiresAt: '',
      ...ready,
    });
  const write = (messageId: Snowflake, authorId = other) =>
    unread.hearServer(home, { type: 'activity', channelId: general, messageId, authorId });
  return {
    unread,
    heard,
    hear,
    start,
    write,
    connect: (is: boolean) => (connected = is),
  };
}

test('nothing seems to be unread before it is known what was read', () => {
  const { unread, hear, start } = open({ marks: [{ channelId: general, messageId: said(2) }] });
  hear([[general, said(2)]]);
  expect(unread.stateOf(general).unread).toBe(false);
  start();
  expect(unread.stateOf(general).unread).toBe(false);
  hear([[general, said(3)]]);
  expect(unread.stateOf(general)).toEqual({ unread: true, mentions: 0, muted: false });
});

test('a message that was removed names nobody any more, and is unread no less', () => {
  const { unread, hear, start } = open();
  start();
  hear([[general, said(4)]], [[general, said(3)]]);
  unread.hearServer(home, {
    type: 'mention',
    channelId: general,
    messageId: said(4),
    authorId: other,
  });
  expect(unread.stateOf(general).mentions).toBe(2);
  const gone = { type: 'mention.removed', channelId: general, messageId: said(3) } as const;
  unread.hearServer(home, gone);
  unread.hearServer(home, gone);
  expect(unread.stateOf(general)).toEqual({ unread: true, mentions: 1, muted: false });
  expect(unread.firstMention(general)).toBe(said(4));
});

test('who joined later has not missed what was said before', () => {
  const { unread, hear, start } = open();
  start();
  hear([
    [general, said(-1)],
    [hall, said(1)],
  ]);
  expect([unread.stateOf(general).unread, unread.stateOf(hall).unread]).toEqual([false, true]);
});

test('mentions that were not read are counted, by channel and by server', () => {
  const { unread, hear, start } = open({ marks: [{ channelId: general, messageId: said(2) }] });
  start();
  hear(
    [[general, said(4)]],
    [
      [general, said(1)],
      [general, said(3)],
      [general, said(4)],
    ],
  );
  expect(unread.stateOf(general).mentions).toBe(2);
  expect(unread.firstMention(general)).toBe(said(3));
  unread.hearServer(home, {
    type: 'mention',
    channelId: general,
    messageId: said(4),
    authorId: other,
  });
  expect(unread.stateOfServer(home)).toEqual({ unread: true, mentions: 2, muted: false });
  unread.markServerRead(home);
  expect(unread.stateOfServer(home)).toEqual({ unread: false, mentions: 0, muted: false });
});

test('what one writes is read, and nothing is told backwards', () => {
  const { unread, hear, start, write, heard } = open();
  start();
  hear([]);
  write(said(5));
  expect(unread.stateOf(general).unread).toBe(true);
  write(said(6), me.id as Snowflake);
  expect(unread.stateOf(general).unread).toBe(false);
  unread.markRead(general, said(5));
  expect(heard).toEqual([]);
});

test('marks are told at most once a second, the last of each channel', () => {
  const { unread, hear, start, heard } = open();
  start();
  hear([]);
  for (let at = 1; at <= 50; at += 1) unread.markRead(general, said(at));
  unread.markRead(hall, said(7));
  vi.advanceTimersByTime(1_000);
  expect(heard).toEqual([
    { type: 'read.marks', marks: [{ channelId: general, messageId: said(1) }] },
    {
      type: 'read.marks',
      marks: [
        { channelId: general, messageId: said(50) },
        { channelId: hall, messageId: said(7) },
      ],
    },
  ]);
});

test('what is read without a connection is told with the next one, and not undone by it', () => {
  const { unread, start, heard, connect } = open({
    marks: [{ channelId: general, messageId: said(1) }],
  });
  start();
  connect(false);
  unread.markRead(general, said(9));
  connect(true);
  start();
  expect(unread.lastRead(general)).toBe(said(9));
  expect(heard).toEqual([
    { type: 'read.marks', marks: [{ channelId: general, messageId: said(9) }] },
  ]);
});

test('what was marked as unread stays so while it is on the screen', () => {
  const { unread, hear, start } = open({ marks: [{ channelId: general, messageId: said(9) }] });
  start();
  hear([[general, said(9)]], [[general, said(8)]]);
  unread.markUnread(general, said(8));
  unread.markRead(general, said(9));
  expect(unread.stateOf(general)).toEqual({ unread: true, mentions: 1, muted: false });
  unread.release(general);
  unread.markRead(general, said(9));
  expect(unread.stateOf(general).unread).toBe(false);
});

test('what is muted is not unread, nor is anything in a server that is', () => {
  const forGood = '9999-01-01T00:00:00.000Z';
  const mute = (targetId: Snowflake): NotificationSetting => ({
    targetId,
    level: null,
    mutedUntil: forGood,
  });
  const { unread, hear, start } = open({ notifications: [mute(general)] });
  start();
  hear([
    [general, said(3)],
    [hall, said(3)],
  ]);
  expect(unread.stateOf(general)).toEqual({ unread: false, mentions: 0, muted: true });
  expect(unread.stateOfServer(home).unread).toBe(true);
  unread.hear({ type: 'notifications.changed', settings: [mute(home)] });
  expect(unread.stateOf(hall).muted).toBe(true);
  expect(unread.stateOfServer(home)).toEqual({ unread: false, mentions: 0, muted: true });
});

test('a thread is as its channel: muted with it, and told of as it is', () => {
  const forGood = '9999-01-01T00:00:00.000Z';
  const muted = { targetId: hall, level: null, mutedUntil: forGood };
  const { unread, hear, start } = open({ notifications: [muted] });
  start();
  hear([[dinner, said(3)]], [[dinner, said(3)]]);
  expect(unread.stateOf(dinner)).toEqual({ unread: false, mentions: 0, muted: true });
  expect(unread.stateOfServer(home)).toEqual({ unread: false, mentions: 0, muted: false });
  const heard = { targetId: hall, level: 'nothing' as const, mutedUntil: null };
  unread.hear({ type: 'notifications.changed', settings: [heard] });
  expect(unread.stateOf(dinner)).toEqual({ unread: true, mentions: 1, muted: false });
  expect([unread.level(dinner), unread.level(general)]).toEqual(['nothing', 'mentions']);
});

test('a channel is as its server, a conversation tells everything, unless it was chosen otherwise', async () => {
  const { unread, hear, start } = open({
    notifications: [{ targetId: home, level: 'nothing', mutedUntil: null }],
  });
  hear([]);
  expect([unread.level(general), unread.level(chat)]).toEqual(['mentions', 'all']);
  start();
  expect(unread.level(general)).toBe('nothing');
  await unread.choose(general, { level: 'all' });
  expect(unread.level(general)).toBe('all');
  // What api does not take is put back.
  await expect(unread.choose(general, { level: 'mentions' })).rejects.toThrow('away');
  expect(unread.level(general)).toBe('all');
});

test('of a conversation one is told when somebody writes, not when the room repeats it', () => {
  const { unread, start } = open();
  const arrivals: Arrival[] = [];
  const stop = unread.listen((arrival) => arrivals.push(arrival));
  start();
  const wrote = (messageId: Snowflake) =>
    unread.hear({ type: 'direct.activity', channelId: chat, messageId, authorId: other });
  wrote(said(1));
  expect(unread.stateOf(chat)).toEqual({ unread: true, mentions: 1, muted: false });
  vi.advanceTimersByTime(5_000);
  wrote(said(2));
  stop();
  wrote(said(3));
  expect(arrivals.map(({ messageId }) => messageId)).toEqual([said(2)]);
});
