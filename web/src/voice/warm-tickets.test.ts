import type { VoiceTicket } from '@harmonium/api/voice';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WaitingRoom } from './waiting-room.ts';
import { createWarmTickets } from './warm-tickets.ts';

class FakeRoom implements WaitingRoom {
  isClosed = false;
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
  enter = () => expect.fail('no call is in this test');
  isOpen = (): boolean => !this.isClosed;
  close = (): void => void (this.isClosed = true);
}

describe('a ticket before the click', () => {
  let asked: string[];
  let fails: boolean;
  let rooms: FakeRoom[];

  function create() {
    return createWarmTickets({
      ask(channelId) {
        asked.push(channelId);
        const ticket: VoiceTicket = { url: channelId, ticket: `${asked.length}`, expiresAt: '' };
        return fails ? Promise.reject(new Error('away')) : Promise.resolve(ticket);
      },
      wait({ url }) {
        const room = new FakeRoom(url);
        rooms.push(room);
        return room;
      },
      now: () => Date.now(),
    });
  }

  beforeEach(() => {
    vi.useFakeTimers();
    asked = [];
    fails = false;
    rooms = [];
  });
  afterEach(() => void vi.useRealTimers());

  test('pointing at a channel asks once, and the click finds it there', async () => {
    const tickets = create();
    tickets.warmUp('lounge');
    await vi.advanceTimersByTimeAsync(100);
    tickets.warmUp('lounge');
    await vi.advanceTimersByTimeAsync(100);
    expect(tickets.takeRoom('lounge')).toBe(rooms[0]);
    expect(asked).toEqual(['lounge']);
    // It lets in once.
    expect(tickets.takeRoom('lounge')).toBeUndefined();
    expect(await tickets.take('lounge')).toMatchObject({ ticket: '2' });
  });

  test('a pointer that only passes asks for nothing', async () => {
    const tickets = create();
    tickets.warmUp('lounge');
    tickets.cool();
    tickets.warmUp('stage');
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toEqual(['stage']);
  });

  test('after twenty seconds it is dropped', async () => {
    const tickets = create();
    tickets.warmUp('lounge');
    await vi.advanceTimersByTimeAsync(21_000);
    expect(await tickets.take('lounge')).toMatchObject({ ticket: '2' });
  });

  test('the call at which the pointer rests is made ready, and one at a time', async () => {
    const tickets = create();
    for (const channelId of ['lounge', 'stage']) {
      tickets.warmUp(channelId);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(rooms.map(({ url, isClosed }) => ({ url, isClosed }))).toEqual([
      { url: 'lounge', isClosed: true },
      { url: 'stage', isClosed: false },
    ]);
    expect(tickets.takeRoom('lounge')).toBeUndefined();
    await vi.advanceTimersByTimeAsync(21_000);
    expect(rooms[1]?.isClosed).toBe(true);
    expect(tickets.takeRoom('stage')).toBeUndefined();
  });

  test('one that closed by itself is made ready again', async () => {
    const tickets = create();
    tickets.warmUp('lounge');
    await vi.advanceTimersByTimeAsync(100);
    rooms[0]?.close();
    expect(tickets.takeRoom('lounge')).toBeUndefined();
    tickets.warmUp('lounge');
    await vi.advanceTimersByTimeAsync(100);
    expect(tickets.takeRoom('lounge')).toBe(rooms[1]);
  });

  test('one that could not be had is asked for again by the click', async () => {
    const tickets = create();
    fails = true;
    tickets.warmUp('lounge');
    await vi.advanceTimersByTimeAsync(100);
    fails = false;
    expect(await tickets.take('lounge')).toMatchObject({ ticket: '2' });
  });

  test('a pointer that goes to and fro asks no more than once for each', async () => {
    const tickets = create();
    for (let turn = 0; turn < 5; turn++) {
      for (const channelId of ['lounge', 'stage']) {
        tickets.warmUp(channelId);
        await vi.advanceTimersByTimeAsync(100);
        tickets.cool();
      }
    }
    expect(asked).toEqual(['lounge', 'stage']);
  });

  test('a ticket for one channel is not used for another', async () => {
    const tickets = create();
    tickets.warmUp('lounge');
    await vi.advanceTimersByTimeAsync(100);
    expect(await tickets.take('stage')).toMatchObject({ url: 'stage' });
  });
});
