import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MAX_TEST_MS } from './limits.ts';
import { bits, CallBench, voiceTicket } from './testing/call-bench.ts';

let bench: CallBench;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  bench = await CallBench.open();
});
afterEach(() => {
  bench.close();
  vi.useRealTimers();
});

/** Anna alone with herself. */
function tryTheWay() {
  const { id } = voiceTicket('anna').user;
  const permissions = bits('VIEW_CHANNEL', 'CONNECT', 'SPEAK');
  return bench.join('anna', { test: true, channelId: id, serverId: null, permissions });
}

describe('who tries the way of a call', () => {
  test('hears themselves, which nobody does in a call with others', async () => {
    const trying = await tryTheWay();
    const echo = await trying.listen(await trying.speak());
    expect(echo).toMatchObject({ kind: 'audio', peerId: trying.peerId });

    const ben = await bench.join('ben');
    await expect(ben.listen(await ben.speak())).rejects.toThrow('not_found');
  });

  test('is in no call as far as anybody is told', async () => {
    const trying = await tryTheWay();
    await trying.speak();
    await vi.advanceTimersByTimeAsync(MAX_TEST_MS - 1_000);
    await bench.told();
    expect(bench.rooms.told).toEqual([]);
  });

  test('leaves the call they are in as it is', async () => {
    const anna = await bench.join('anna');
    await tryTheWay();
    expect(anna.ended).toBeUndefined();
    expect(bench.calls.callCount).toBe(2);
  });

  test('has a minute for it', async () => {
    const trying = await tryTheWay();
    await vi.advanceTimersByTimeAsync(MAX_TEST_MS - 1);
    expect(trying.ended).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(trying.ended).toBe('timed_out');
    expect(bench.calls.callCount).toBe(0);
  });

  test('may try again at once', async () => {
    const first = await tryTheWay();
    await first.request('leave');
    await vi.advanceTimersByTimeAsync(MAX_TEST_MS - 1);
    const second = await tryTheWay();
    await vi.advanceTimersByTimeAsync(1);
    expect(second.ended).toBeUndefined();
  });
});
