import type { ChannelClientEvent } from '@harmonium/rooms/client-event';
import type { ChannelServerEvent } from '@harmonium/rooms/server-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createChannelRoom } from './channel-room.ts';
import type { ChannelRoomDeps } from './channel-room.ts';
import { channelId, message, messages, mirela, tomas } from './testing/messages.ts';
import type { Outbox } from './outbox.ts';
import { createTestOutbox } from './testing/outbox.ts';

type Hooks = Parameters<ChannelRoomDeps['connect']>[0];

const you = { permissions: '32', slowmode: 0 };
const ticket = { ticket: 't', expiresAt: '2026-11-23T13:00:00.000Z' };

function ready(seq: number, history = messages(1, 3), complete = true): ChannelServerEvent {
  return { type: 'ready', seq, history, complete, pins: [], members: [], you, ...ticket };
}

describe('a channel on the screen', () => {
  let said: ChannelClientEvent[];
  let hooks: Hooks;
  let isConnected: boolean;
  let page: ChannelRoomDeps['page'];
  let outbox: Outbox;

  function enter(): ReturnType<typeof createChannelRoom> {
    const room = createChannelRoom(channelId, {
      me: () => mirela,
      connect: (given) => {
        hooks = given;
        return {
          send: (event) => {
            if (isConnected) said.push(event);
            return isConnected;
          },
          wake() {},
          drop() {},
          close() {},
        };
      },
      page: (place, limit) => page(place, limit),
      byIds: () => Promise.resolve([]),
      outbox: outbox.channel(channelId),
      now: () => Date.now(),
    });
    room.open();
    return room;
  }

  function connect(event: ChannelServerEvent = ready(3)): void {
    isConnected = true;
    hooks.onEvent(event);
    hooks.onPhase('connected');
  }

  function cut(): void {
    isConnected = false;
    hooks.onPhase('lost');
  }

  const sent = () => said.filter((event) => event.type === 'message.send');
  const contents = () => sent().map((event) => event.content);
  const acknowledge = (seq: number, nonce: string): void =>
    hooks.onEvent({
      type: 'message.created',
      seq,
      message: message(seq, { content: 'confirmed' }),
      nonce,
    });

  beforeEach(() => {
    vi.useFakeTimers();
    said = [];
    isConnected = false;
    page = () => Promise.resolve(messages(1, 50).toReversed());
    outbox = createTestOutbox();
  });
  afterEach(() => void vi.useRealTimers());

  test('a message shows at once and is there once when the room has it', () => {
    const room = enter();
    connect();
    room.send('  hello ');
    expect(room.pending().map((each) => each.content)).toEqual(['hello']);
    acknowledge(4, sent()[0]?.nonce ?? '');
    acknowledge(4, sent()[0]?.nonce ?? '');
    expect(room.pending()).toEqual([]);
    expect(room.timeline().messages).toHaveLength(4);
  });

  test('what is written without a connection is sent in order when it is back', () => {
    const room = enter();
    connect();
    cut();
    room.send('one');
    room.send('two');
    expect(contents()).toEqual([]);
    connect({ type: 'resumed', from: 3, to: 3, you, ...ticket });
    expect(contents()).toEqual(['one', 'two']);
  });

  test('a message whose answer was lost is sent again under the same nonce', () => {
    const room = enter();
    connect();
    room.send('did it arrive?');
    cut();
    connect();
    const [first, second] = sent();
    expect(second).toEqual(first);
    acknowledge(4, first?.nonce ?? '');
    expect(room.pending()).toEqual([]);
  });

  test('a reload does not lose what is under way', () => {
    enter().send('kept');
    const again = enter();
    connect();
    expect(again.pending().map((each) => each.content)).toEqual(['kept']);
    expect(contents()).toEqual(['kept']);
  });

  test('a message waits for its files, and nothing that is written after it does', () => {
    const room = enter();
    connect();
    const file = { name: 'a.png', size: 1, type: 'image/png' };
    room.send('', {
      files: [
        { ...file, key: 'one', ticket: 'first' },
        { ...file, key: 'two' },
      ],
    });
    room.send('words');
    expect(contents()).toEqual(['words']);
    cut();
    connect();
    expect(contents()).toEqual(['words', 'words']);
    room.supply('two', 'second');
    expect(sent().at(-1)).toMatchObject({ content: '', attachments: ['first', 'second'] });
  });

  test('of the files of a message some may be left out, and with the last one it is gone', () => {
    const room = enter();
    connect();
    const file = { name: 'a.png', size: 1, type: 'image/png' };
    room.send('', {
      files: [
        { ...file, key: 'one', ticket: 'first' },
        { ...file, key: 'two' },
      ],
    });
    room.leaveOut('two');
    expect(sent().at(-1)).toMatchObject({ attachments: ['first'] });
    room.send('', { files: [{ ...file, key: 'three' }] });
    room.leaveOut('three');
    expect(room.pending()).toHaveLength(1);
  });

  test('a refused message says why, and can be tried again or discarded', () => {
    const room = enter();
    connect();
    room.send('forbidden');
    const nonce = sent()[0]?.nonce ?? '';
    hooks.onEvent({ type: 'rejected', nonce, code: 'missing_permission', message: '' });
    expect(room.pending()[0]?.refused).toEqual({ code: 'missing_permission' });
    room.retry(nonce);
    expect(room.pending()[0]?.refused).toBeUndefined();
    expect(sent()).toHaveLength(2);
    room.discard(nonce);
    expect(room.pending()).toEqual([]);
  });

  test('after too many at once, what waits is sent later by itself and in order', () => {
    const room = enter();
    connect();
    room.send('first');
    const nonce = sent()[0]?.nonce ?? '';
    hooks.onEvent({ type: 'rejected', nonce, code: 'flooding', message: '', retryAfter: 2 });
    room.send('second');
    expect(contents()).toEqual(['first']);
    vi.advanceTimersByTime(2_000);
    expect(contents()).toEqual(['first', 'first', 'second']);
  });

  test('an edit answers when the room has it', async () => {
    const room = enter();
    connect();
    const outcome = room.edit(message(2).id, 'better');
    const nonce = said.find((event) => event.type === 'message.edit')?.nonce ?? '';
    hooks.onEvent({
      type: 'message.edited',
      seq: 4,
      message: message(2, { content: 'better' }),
      nonce,
    });
    expect(await outcome).toEqual({ ok: true });
    expect(room.timeline().messages[1]?.content).toBe('better');
  });

  test('an edit says so when the connection is cut before the answer', async () => {
    const room = enter();
    connect();
    const outcome = room.edit(message(2).id, 'better');
    cut();
    expect(await outcome).toEqual({ ok: false, code: 'offline' });
  });

  test('what a moderator removed is gone at once, and after a reconnect', () => {
    const room = enter();
    connect();
    const purge = (seq: number, ...numbers: number[]): ChannelServerEvent => ({
      type: 'messages.removed',
      seq,
      ids: numbers.map((number) => message(number).id),
      removedAt: '2026-11-23T12:00:00.000Z',
    });
    const shown = () => room.timeline().messages.map(({ content }) => content);
    hooks.onEvent(purge(4, 1));
    expect(shown()).toEqual(['', '2', '3']);
    cut();
    expect(hooks.since()).toBe(4);
    hooks.onEvent(purge(5, 2, 3));
    connect({ type: 'resumed', from: 4, to: 5, you, ...ticket });
    expect(shown()).toEqual(['', '', '']);
  });

  test('a typing mark goes when its time is over, or when the message comes', () => {
    const room = enter();
    connect();
    const mark = (): void =>
      hooks.onEvent({
        type: 'typing',
        userId: tomas.id,
        username: 'Tomas',
        until: new Date(Date.now() + 6_000).toISOString(),
      });
    mark();
    expect(room.typists().map((each) => each.username)).toEqual(['Tomas']);
    vi.advanceTimersByTime(7_000);
    expect(room.typists()).toEqual([]);
    mark();
    hooks.onEvent({ type: 'message.created', seq: 4, message: message(4, { author: tomas }) });
    expect(room.typists()).toEqual([]);
  });

  test('one’s own typing is told at most every 3 seconds', () => {
    const room = enter();
    connect();
    for (let key = 0; key < 40; key++) {
      room.typed();
      vi.advanceTimersByTime(100);
    }
    expect(said.filter((event) => event.type === 'typing.start')).toHaveLength(2);
  });

  test('an older page that arrives after a snapshot replaced the list is not put before it', async () => {
    const room = enter();
    connect(ready(100, messages(51, 100), false));
    const loading = room.history.loadOlder();
    hooks.onEvent(ready(300, messages(251, 300), false));
    await loading;
    expect(room.timeline().messages[0]?.content).toBe('251');
  });

  test('what was edited while one was away is seen also when the page can be had only later', async () => {
    const room = enter();
    connect(ready(100, messages(51, 100), false));
    await room.history.loadOlder();
    expect(room.timeline().messages[0]?.content).toBe('1');
    let asked = 0;
    page = async () => {
      asked += 1;
      if (asked < 3) throw new Error('503');
      return messages(1, 50)
        .map((known) => Object.assign(known, { content: 'edited' }))
        .toReversed();
    };
    hooks.onEvent(ready(101, messages(51, 100), false));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toBe(3);
    expect(room.timeline().messages[0]?.content).toBe('edited');
  });
});
