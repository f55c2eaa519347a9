import { ApiProblem } from '@harmonium/api/client';
import { VOICE_CLOSE_CODES } from '@harmonium/sfu/close-codes';
import { describe, expect, test, vi } from 'vitest';
import { backoff, callScene } from './testing/call-scene.ts';
import type { FakeSignalling } from './testing/fake-sfu.ts';
import { entered, peer, waiting, welcome } from './testing/fake-sfu.ts';
import { openWaitingRoom } from './waiting-room.ts';

/** No close frame arrived. */
const LOST = 1006;
const scene = callScene();
const { join, joined, media, settle, socket } = scene;

test('a click leads to speaking and to hearing who is there', async () => {
  await join();
  expect(scene.state.phase).toBe('connecting');
  socket().tell(welcome([peer('1', 'Tomas')]));
  await settle();
  expect(scene.state).toMatchObject({
    phase: 'connected',
    microphone: 'on',
    roundTripMs: 24,
    quality: 4,
  });
  expect(media().isSending).toBe(true);
  expect([...media().heard]).toEqual(['voice-of-1']);
});

test('without a microphone one listens, and the reason is told', async () => {
  scene.microphone = () => Promise.resolve({ problem: 'blocked' });
  await joined();
  expect(scene.state).toMatchObject({ phase: 'connected', microphone: 'blocked' });
  expect(media().isSending).toBe(false);
  expect(media().heard.size).toBe(1);
});

test('while the browser asks for the microphone one listens, and then speaks', async () => {
  let admit = (): void => {};
  scene.microphone = () =>
    new Promise((resolve) => {
      admit = () => resolve({ line: scene.line });
    });
  await joined();
  expect(scene.state).toMatchObject({ phase: 'connected', microphone: 'opening' });
  expect(media().isSending).toBe(false);
  admit();
  await settle();
  expect(scene.state.microphone).toBe('on');
  expect(media().isSending).toBe(true);
});

test('who was muted joins muted', async () => {
  await joined({ muted: true });
  expect(media().isMuted).toBe(true);
  expect(media().wasMutedFirst).toBe(true);
  expect(socket().last('setState')).toEqual({ muted: true, deafened: false });
});

test('an instance without voice says why, in its own words, until it is tried again', async () => {
  const message = 'Voice is being prepared. It will be here in a few minutes.';
  scene.ticketFails = new ApiProblem(503, {
    error: { code: 'voice_unavailable', message, requestId: '' },
  });
  const call = await join();
  await settle();
  expect(scene.state).toMatchObject({ phase: 'failed', failure: 'unavailable', reason: message });
  scene.ticketFails = undefined;
  void call.start();
  await settle();
  expect(scene.state.reason).toBeUndefined();
});

test('a refused ticket is not asked for again', async () => {
  scene.ticketFails = new ApiProblem(403, undefined);
  await join();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(scene.state).toMatchObject({ phase: 'failed', failure: 'denied' });
  expect(scene.tickets).toHaveLength(1);
});

test('a blocked media port is named after a few attempts', async () => {
  scene.sendFails = true;
  await join();
  for (let attempt = 0; attempt < 3; attempt++) {
    socket().tell(welcome());
    await vi.advanceTimersByTimeAsync(2_000);
  }
  expect(scene.state).toMatchObject({ phase: 'failed', failure: 'no_media' });
});

test('a failed call can be joined again', async () => {
  scene.ticketFails = new ApiProblem(503, undefined);
  const call = await join();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(scene.state).toMatchObject({ phase: 'failed', failure: 'unreachable' });
  scene.ticketFails = undefined;
  void call.start();
  await vi.advanceTimersByTimeAsync(5_000);
  socket().tell(welcome());
  await settle();
  expect(scene.state).toMatchObject({ phase: 'connected', failure: undefined });
});

describe('made ready before the click', () => {
  function prepare(): FakeSignalling {
    scene.room = openWaitingRoom(
      { url: scene.sfuUrl, ticket: 't' },
      { signal: scene.signal, startMedia: scene.startMedia, speaker: () => '', backoff: backoff() },
    );
    return socket();
  }

  test('the click only enters, and one hears and speaks by what is there', async () => {
    const prepared = prepare();
    expect(prepared.entrance).toMatchObject({ ticket: 't', waits: true });
    prepared.tell(waiting());
    await settle();
    expect(prepared.asked).toEqual([]);
    await join();
    await settle();
    expect(prepared.asked.map(({ method }) => method)).toEqual(['enter']);
    prepared.tell(entered([peer('1', 'Tomas')]));
    await settle();
    expect(scene.state.phase).toBe('connected');
    expect([...media().heard]).toEqual(['voice-of-1']);
    expect(media().isSending).toBe(true);
    expect({
      sockets: scene.sockets.length,
      medias: scene.medias.length,
      tickets: scene.tickets,
    }).toEqual({
      sockets: 1,
      medias: 1,
      tickets: [],
    });
  });

  test('a click that comes sooner than all is ready enters when it is', async () => {
    const prepared = prepare();
    await join();
    expect(prepared.asked).toEqual([]);
    prepared.tell(waiting());
    await settle();
    expect(prepared.last('enter')).toEqual({});
    prepared.tell(entered([]));
    await settle();
    expect(scene.state.phase).toBe('connected');
  });

  test('a socket that closes when it is to be entered gives way to a fresh ticket', async () => {
    const prepared = prepare();
    prepared.tell(waiting());
    await join();
    scene.room = undefined;
    prepared.lose(VOICE_CLOSE_CODES.bad_ticket.code);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(scene.tickets).toHaveLength(1);
    socket().tell(welcome());
    await settle();
    expect(scene.state.phase).toBe('connected');
    expect(scene.medias.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  });

  test('who does not click leaves nothing behind', async () => {
    const prepared = prepare();
    prepared.tell(waiting());
    await settle();
    scene.room?.close();
    await settle();
    expect(prepared.isClosed).toBe(true);
    expect(media().isClosed).toBe(true);
  });

  test('it is brought back like any other call', async () => {
    const prepared = prepare();
    prepared.tell(waiting());
    await join();
    await settle();
    prepared.tell(entered([]));
    await settle();
    prepared.lose(LOST);
    await settle();
    expect(socket().entrance).toEqual({ url: 'ws://sfu', resume: 'token' });
  });
});
