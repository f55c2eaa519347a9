import { ApiProblem } from '@harmonium/api/client';
import { VOICE_CLOSE_CODES } from '@harmonium/sfu/close-codes';
import { describe, expect, test, vi } from 'vitest';
import { callScene } from './testing/call-scene.ts';
import { peer, resumed, welcome } from './testing/fake-sfu.ts';

const GOING_AWAY = VOICE_CLOSE_CODES.going_away.code;
/** No close frame arrived. */
const LOST = 1006;
const scene = callScene();
const { joined, media, settle, socket } = scene;

test('a node that goes away is replaced by itself, with a fresh ticket, muted as before', async () => {
  const call = await joined();
  call.setMuted(true);
  const first = { socket: socket(), media: media() };
  first.socket.hooks.onClose(GOING_AWAY);
  expect(scene.state.phase).toBe('reconnecting');
  expect(first.media.isClosed).toBe(true);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(scene.tickets).toHaveLength(2);
  socket().tell(welcome([peer('1', 'Tomas')]));
  await settle();
  expect(scene.state).toMatchObject({ phase: 'connected', muted: true });
  expect(media()).not.toBe(first.media);
  expect(media().isMuted).toBe(true);
  expect(scene.line.isStopped).toBe(false);
});

test('what an earlier connection still says is not heard', async () => {
  await joined();
  const first = socket();
  first.hooks.onClose(GOING_AWAY);
  await vi.advanceTimersByTimeAsync(1_000);
  first.hooks.onClose(VOICE_CLOSE_CODES.replaced.code);
  expect(scene.state.phase).toBe('reconnecting');
});

test('a call that stood is tried again for as long as it takes', async () => {
  await joined();
  scene.ticketFails = new ApiProblem(0, undefined);
  socket().hooks.onClose(GOING_AWAY);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(scene.state.phase).toBe('reconnecting');
  expect(scene.tickets.length).toBeGreaterThan(8);
});

test('a server that starts again and has no voice yet is waited for', async () => {
  await joined();
  scene.ticketFails = new ApiProblem(503, {
    error: { code: 'voice_unavailable', message: '', requestId: '' },
  });
  socket().hooks.onClose(GOING_AWAY);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(scene.state.phase).toBe('reconnecting');
  scene.ticketFails = undefined;
  await vi.advanceTimersByTimeAsync(5_000);
  socket().tell(welcome());
  await settle();
  expect(scene.state.phase).toBe('connected');
});

describe('a lost socket', () => {
  const TOMAS = peer('1', 'Tomas');

  test('is brought back at once, while sound goes on and nothing is said of it', async () => {
    await joined();
    const { length } = scene.sockets;
    const before = media();
    socket().lose(LOST);
    await settle();
    expect(scene.sockets).toHaveLength(length + 1);
    expect(socket().entrance).toEqual({ url: 'ws://sfu', resume: 'token' });
    socket().tell(resumed([TOMAS]));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(scene.state).toMatchObject({ phase: 'connected', isStillHeard: false });
    expect(media()).toBe(before);
    expect(before).toMatchObject({ isClosed: false, mended: [false] });
    expect(scene.tickets).toHaveLength(1);
    expect(scene.cues).toEqual(['joined']);
  });

  test('that stays away is told, and that one is heard all the same', async () => {
    await joined();
    socket().lose(LOST);
    await vi.advanceTimersByTimeAsync(1_600);
    expect(scene.state).toMatchObject({ phase: 'reconnecting', isStillHeard: true });
    expect(media().isClosed).toBe(false);
    socket().tell(resumed([TOMAS]));
    await settle();
    expect(scene.state).toMatchObject({ phase: 'connected', isStillHeard: false });
  });

  test('brings what was missed: who went, who came, what one may', async () => {
    await joined();
    socket().lose(LOST);
    await settle();
    const came = { ...peer('2', 'Yuki'), serverMuted: true };
    socket().tell(resumed([came], { canStream: false, serverDeafened: true }));
    await settle();
    expect([...media().heard]).toEqual(['voice-of-2']);
    expect(media().isDeafened).toBe(true);
    expect(scene.state).toMatchObject({
      canStream: false,
      moderated: { 92: { muted: true, deafened: false } },
    });
  });

  test('keeps what was asked for: it is asked again, or was done', async () => {
    await joined();
    const { request } = media().start;
    socket().isSilent = true;
    const kept: Promise<unknown>[] = [
      request('produce', { transportId: 't', kind: 'audio', source: 'mic', rtpParameters: {} }),
      request('consume', { producerId: 'p', rtpCapabilities: {} }),
    ];
    socket().lose(LOST);
    kept.push(request('restartIce', { transportId: 't' }));
    await settle();
    const mine = { id: 'mine', kind: 'audio' as const, source: 'mic' as const, paused: false };
    socket().tell(resumed([TOMAS], { producers: [mine] }));
    expect(await Promise.all(kept)).toEqual([{ producerId: 'mine' }, {}, {}]);
    const again = socket().asked.map(({ method }) => method);
    expect(again).toContain('consume');
    expect(again).toContain('restartIce');
    expect(again).not.toContain('produce');
  });

  test('is told of the mute that was pressed meanwhile', async () => {
    const call = await joined();
    socket().lose(LOST);
    call.setMuted(true);
    expect(media().isMuted).toBe(true);
    await settle();
    socket().tell(resumed([TOMAS]));
    await settle();
    expect(socket().last('setState')).toEqual({ muted: true, deafened: false });
  });

  test('is tried for as long as the sfu waits; then the call is joined anew', async () => {
    await joined();
    socket().lose(LOST);
    for (let second = 0; second < 19; second++) {
      await vi.advanceTimersByTimeAsync(1_000);
      socket().lose(LOST);
    }
    expect(scene.state.phase).toBe('reconnecting');
    expect(media().isClosed).toBe(false);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(media().isClosed).toBe(true);
    expect(socket().entrance).toMatchObject({ ticket: 't' });
    expect(scene.cues).toEqual(['joined', 'lost']);
  });

  test('that nobody waits for leads to a fresh ticket at once', async () => {
    await joined();
    socket().lose(LOST);
    await settle();
    socket().hooks.onClose(VOICE_CLOSE_CODES.not_resumed.code);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(scene.tickets).toHaveLength(2);
    socket().tell(welcome([TOMAS]));
    await settle();
    expect(scene.state.phase).toBe('connected');
  });

  test('of a node that died leads to the one where the call is now', async () => {
    await joined();
    scene.sfuUrl = 'ws://another';
    socket().lose(LOST);
    for (let attempt = 0; attempt < 4; attempt++) {
      await vi.advanceTimersByTimeAsync(700);
      if ('resume' in socket().entrance) socket().lose(LOST);
    }
    await vi.advanceTimersByTimeAsync(1_500);
    expect(socket().entrance).toMatchObject({ url: 'ws://another' });
  });

  test.each([
    ['replaced', 'replaced'],
    ['access_lost', 'access_lost'],
    ['disconnected', 'disconnected'],
  ] as const)('and %s meanwhile: it is told', async (code, failure) => {
    await joined();
    socket().lose(LOST);
    await settle();
    socket().hooks.onClose(VOICE_CLOSE_CODES[code].code);
    expect(scene.state).toMatchObject({ phase: 'failed', failure });
  });

  test('leaving meanwhile is told as soon as it can be', async () => {
    const call = await joined();
    socket().lose(LOST);
    call.leave();
    await settle();
    expect(media().isClosed).toBe(true);
    expect(socket().isClosed).toBe(false);
    socket().tell(resumed([TOMAS]));
    // Without a code, by which the sfu knows that it was meant.
    expect(socket().isClosed).toBe(true);
  });

  test('another network: the attempt on the one before is given up, and packets find their way', async () => {
    const call = await joined();
    socket().lose(LOST);
    await settle();
    const stuck = socket();
    call.handleNetworkChange();
    expect(stuck.isClosed).toBe(true);
    expect(socket()).not.toBe(stuck);
    expect(media().mended).toEqual([true]);
  });

  test('media that is lost, too, is mended when the socket is back', async () => {
    await joined();
    const before = media();
    socket().lose(LOST);
    before.start.hooks.onFailed();
    expect(before.isClosed).toBe(false);
    await settle();
    socket().tell(resumed([TOMAS]));
    expect(before.mended).toEqual([false]);
    before.start.hooks.onFailed();
    expect(before.isClosed).toBe(true);
  });
});
