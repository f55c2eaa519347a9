import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RESUME_WITHIN_MS } from '../contract/resume.ts';
import { bits, CallBench, LOUNGE, voiceTicket, type Client } from './testing/call-bench.ts';

/* A signalling socket is lost; the media goes on. */

let bench: CallBench;
let anna: Client;
let ben: Client;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  bench = await CallBench.open();
  anna = await bench.join('anna');
  ben = await bench.join('ben');
});
afterEach(() => {
  bench.close();
  vi.useRealTimers();
});

const ids = { userId: voiceTicket('anna').user.id, channelId: LOUNGE };
const tokenOf = (client: Client): string =>
  (client.heard('resumed').at(-1) ?? client.heard('welcome').at(-1))?.resumeToken ?? '';

test('the others see nothing of it, and media goes on', async () => {
  const producerId = await anna.speak();
  anna.connection.end('lost');
  const back = await bench.resume(tokenOf(anna));
  await vi.advanceTimersByTimeAsync(2 * RESUME_WITHIN_MS);

  expect(back.heard('resumed')).toMatchObject([{ peerId: anna.peerId, canSpeak: true }]);
  expect(ben.heard('peerLeft')).toEqual([]);
  expect(ben.heard('producerClosed')).toEqual([]);
  expect(bench.router.producers.get(producerId)?.closed).toBe(false);
  expect(bench.rooms.of('voice.left')).toEqual([]);
  expect(bench.calls.peerCount).toBe(2);
});

test('who comes back learns all they missed, and what they have', async () => {
  const microphone = await anna.speak();
  const consumer = await anna.listen(await ben.speak());
  anna.connection.end('lost');
  await ben.request('leave');
  const carla = await bench.join('carla');
  const back = await bench.resume(tokenOf(anna));

  const [resumed] = back.heard('resumed');
  expect(resumed?.peers.map(({ id }) => id)).toEqual([carla.peerId]);
  expect(resumed?.producers).toMatchObject([{ id: microphone, source: 'mic', paused: false }]);
  expect(resumed?.transportIds).toHaveLength(2);
  // What it heard of ben ended with him.
  expect(resumed?.consumers).toEqual([]);
  expect(consumer.peerId).toBe(ben.peerId);
});

test('the peer is the same: it asks on, and is told', async () => {
  const producerId = await anna.speak();
  anna.connection.end('lost');
  const back = await bench.resume(tokenOf(anna));
  await back.request('pauseProducer', { producerId });
  expect(ben.heard('producerPaused')).toMatchObject([{ producerId, paused: true }]);
  await ben.request('setState', { muted: true, deafened: false });
  expect(back.heard('peerState')).toMatchObject([{ peerId: ben.peerId, muted: true }]);
});

test('what was asked for as the socket was lost shows in what they are told', async () => {
  const { id } = await anna.request('createTransport', { direction: 'send' });
  const slow = Promise.withResolvers<void>();
  bench.router.busy = slow.promise;
  void anna.produce(id, 'mic').catch(() => undefined);
  // Until the worker is asked.
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  const frames = anna.frames.length;
  anna.connection.end('lost');
  const coming = bench.resume(tokenOf(anna));
  slow.resolve();
  const back = await coming;

  expect(back.heard('resumed')[0]?.producers).toMatchObject([{ source: 'mic' }]);
  expect(bench.router.producers.size).toBe(1);
  expect(anna.frames).toHaveLength(frames);
});

test.each(['lost', 'timed_out'] as const)(
  'who does not come back is gone after 20 s (%s)',
  async (end) => {
    await anna.speak();
    anna.connection.end(end);
    await vi.advanceTimersByTimeAsync(RESUME_WITHIN_MS - 1);
    expect(ben.heard('peerLeft')).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);

    expect(ben.heard('peerLeft')).toEqual([{ peerId: anna.peerId }]);
    expect(bench.router.producers.size).toBe(0);
    expect(bench.rooms.of('voice.left')).toHaveLength(1);
    expect((await bench.resume(tokenOf(anna))).ended).toBe('not_resumed');
  },
);

test('alone in the call it is the same, and the call ends after', async () => {
  await ben.request('leave');
  anna.connection.end('lost');
  const back = await bench.resume(tokenOf(anna));
  expect(back.heard('resumed')).toHaveLength(1);
  back.connection.end('lost');
  await vi.advanceTimersByTimeAsync(RESUME_WITHIN_MS);
  expect(bench.calls.callCount).toBe(0);
});

test('a socket that the sfu still takes for alive is cut when its user comes by another', async () => {
  const back = await bench.resume(tokenOf(anna));
  expect(anna.ended).toBe('replaced');
  anna.connection.end('left');
  expect(await back.request('ping')).toEqual({});
  expect(bench.calls.peerCount).toBe(2);
});

test('again and again, also when the newest token did not arrive', async () => {
  const first = tokenOf(anna);
  anna.connection.end('lost');
  const second = await bench.resume(first);
  second.connection.end('lost');
  const third = await bench.resume(first);
  expect(third.heard('resumed')).toHaveLength(1);
  third.connection.end('lost');
  const fourth = await bench.resume(tokenOf(third));
  fourth.connection.end('lost');

  expect((await bench.resume(first)).ended).toBe('not_resumed');
  expect(new Set([first, ...[second, third, fourth].map(tokenOf)]).size).toBe(4);
});

test('who joins anew instead is there once', async () => {
  anna.connection.end('lost');
  const young = await bench.join('anna');
  expect(bench.calls.peerCount).toBe(2);
  expect((await bench.resume(tokenOf(anna))).ended).toBe('not_resumed');
  expect(young.ended).toBeUndefined();
});

describe('meanwhile', () => {
  beforeEach(() => anna.connection.end('lost'));

  test.each([
    ['kicked', async () => bench.calls.disconnect({ userId: ids.userId }, 'access_lost')],
    ['logged out', async () => bench.calls.disconnect(session(), 'access_lost')],
    ['not allowed to connect', async () => bench.calls.permit({ ...ids, permissions: null })],
  ])('%s: out at once, with nothing to come back to', async (_, act) => {
    await act();
    expect(ben.heard('peerLeft')).toEqual([{ peerId: anna.peerId }]);
    expect((await bench.resume(tokenOf(anna))).ended).toBe('not_resumed');
  });

  test('moved: told where to on coming back, and only to them', async () => {
    const token = tokenOf(anna);
    expect(bench.calls.move({ ...ids, to: '201' })).toBe(true);
    const back = await bench.resume(token);
    expect(back.heard('moved')).toEqual([{ channelId: '201' }]);
    expect(back.ended).toBe('moved');
    const guess = await bench.resume([...token.split('.').slice(0, 2), 'x'].join('.'));
    expect([guess.heard('moved'), guess.ended]).toEqual([[], 'not_resumed']);
    await vi.advanceTimersByTimeAsync(RESUME_WITHIN_MS);
    expect((await bench.resume(token)).ended).toBe('not_resumed');
  });

  test('taken out by a moderator: told so on coming back, and not let in by habit', async () => {
    bench.calls.disconnect({ userId: ids.userId }, 'disconnected');
    expect((await bench.resume(tokenOf(anna))).ended).toBe('disconnected');
  });

  test('not allowed to speak: said on coming back', async () => {
    await bench.calls.permit({ ...ids, permissions: bits('VIEW_CHANNEL', 'CONNECT') });
    const back = await bench.resume(tokenOf(anna));
    expect(back.heard('resumed')).toMatchObject([{ canSpeak: false, canStream: false }]);
  });

  test('muted by a moderator: said on coming back', async () => {
    const permissions = bits('VIEW_CHANNEL', 'CONNECT', 'SPEAK');
    await bench.calls.permit({ ...ids, permissions, serverMuted: true });
    const back = await bench.resume(tokenOf(anna));
    expect(back.heard('resumed')).toMatchObject([{ serverMuted: true, serverDeafened: false }]);
  });

  test('the worker died: nothing to come back to', async () => {
    bench.workers[0]?.die();
    expect((await bench.resume(tokenOf(anna))).ended).toBe('not_resumed');
  });

  test('the node closed: nobody waits for the timer', () => {
    bench.calls.close('going_away');
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('tokens that are nobody’s open nothing', async () => {
  anna.connection.end('lost');
  const [channelId, peerId] = tokenOf(anna).split('.');
  const guesses = [
    '',
    '..',
    `${channelId}.${peerId}.`,
    `${channelId}.${ben.peerId}.x`,
    '__proto__.a.b',
  ];
  for (const guess of guesses) expect((await bench.resume(guess)).ended).toBe('not_resumed');
  expect((await bench.resume(tokenOf(ben))).peerId).toBe('');
  expect(bench.log.errors).toEqual([]);
});

function session(): { userId: string; sessionId: string } {
  return { userId: ids.userId, sessionId: voiceTicket('anna').sessionId };
}
