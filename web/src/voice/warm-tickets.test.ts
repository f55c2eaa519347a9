import type { VoiceTicket } from '@harmonium/api/voice';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createWarmTickets } from './warm-tickets.ts';

describe('a ticket before the click', () => {
  let asked: string[];
  let fails: boolean;

  function create() {
    return createWarmTickets({
      ask(channelId) {
        asked.push(channelId);
        const ticket: VoiceTicket = { url: channelId, ticket: `${asked.length}`, expiresAt: '' };
        return fails ? Promise.reject(new Error('away')) : Promise.resolve(ticket);
      },
      now: () => Date.now(),
    });
  }

  beforeEach(() => {
    vi.useFakeTimers();
    asked = [];
    fails = false;
  });
  afterEach(() => void vi.useRealTimers());

  test('pointing at a channel asks once, and the click finds it there', async () => {
    const tickets = create();
    tickets.warmUp('lounge');
    await vi.advanceTimersByTimeAsync(100);
    tickets.warmUp('lounge');
    await vi.advanceTimersByTimeAsync(100);
    expect(await tickets.take('lounge')).toMatchObject({ ticket: '1' });
    expect(asked).toEqual(['lounge']);
    // It lets in once.
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
