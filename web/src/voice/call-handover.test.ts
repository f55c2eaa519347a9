import { ApiProblem } from '@harmonium/api/client';
import { VOICE_CLOSE_CODES } from '@harmonium/sfu/close-codes';
import type { PeerInfo } from '@harmonium/sfu/notification';
import { describe, expect, test, vi } from 'vitest';
import type { Call } from './call.ts';
import { callScene } from './testing/call-scene.ts';
import { peer, welcome } from './testing/fake-sfu.ts';
import type { FakeMedia, FakeSignalling } from './testing/fake-sfu.ts';

const TOMAS = peer('1', 'Tomas');
const YUKI = peer('2', 'Yuki');
/** Every look that the old place may be kept for. */
const LONGEST_MS = 5_000;
/** For everyone who has come to be connected. */
const SURE_MS = 2_000;

const scene = callScene();
const { join, media, settle, socket } = scene;

interface End {
  socket: FakeSignalling;
  media: FakeMedia;
}

/** In a call with Tomas, on a node that tells that it closes; another one is there. */
async function toldToGo(): Promise<{ call: Call; here: End }> {
  const call = await join();
  socket().tell(welcome([TOMAS]));
  await settle();
  const here = { socket: socket(), media: media() };
  scene.sfuUrl = 'ws://another';
  here.socket.tell({ method: 'nodeClosing', data: {} });
  await settle();
  return { call, here };
}

/** And on the other one, too. */
async function inBoth(others = [TOMAS]): Promise<{ call: Call; here: End; there: End }> {
  const { call, here } = await toldToGo();
  socket().tell(welcome(others));
  await settle();
  return { call, here, there: { socket: socket(), media: media() } };
}

const partOf = (id: string) => ({ method: 'peerLeft' as const, data: { peerId: id } });

describe('a node that closes', () => {
  test('is left only when one hears and is heard on the other', async () => {
    const { here } = await toldToGo();
    expect(socket().entrance).toMatchObject({ url: 'ws://another', ticket: 't' });
    expect(here.socket.isClosed).toBe(false);
    expect(here.media.isClosed).toBe(false);
    socket().tell(welcome([TOMAS]));
    await settle();
    expect(media()).not.toBe(here.media);
    expect(media().isSending).toBe(true);
    await vi.advanceTimersByTimeAsync(SURE_MS - 100);
    expect(here.media.isClosed).toBe(false);
    await vi.advanceTimersByTimeAsync(100);
    expect(here.socket.asked.at(-1)?.method).toBe('leave');
    expect(here.media.isClosed).toBe(true);
    expect(media().isClosed).toBe(false);
    expect(scene.state.phase).toBe('connected');
  });

  test('nobody notices: the call is never said to be lost, and nobody to leave or to come', async () => {
    const phases = new Set<string>();
    const { here } = await toldToGo();
    phases.add(scene.state.phase);
    here.socket.tell(partOf('1'));
    socket().tell(welcome([]));
    await settle();
    phases.add(scene.state.phase);
    socket().tell({ method: 'peerJoined', data: { peer: TOMAS } });
    await vi.advanceTimersByTimeAsync(LONGEST_MS);
    phases.add(scene.state.phase);
    expect([...phases]).toEqual(['connected']);
    expect(scene.cues).toEqual(['joined']);
  });

  test('who really comes and leaves is heard to', async () => {
    const { there } = await inBoth();
    there.socket.tell({ method: 'peerJoined', data: { peer: YUKI } });
    there.socket.tell(partOf('2'));
    expect(scene.cues).toEqual(['joined', 'joined', 'left']);
  });

  test('nobody is heard twice: by the old one until they leave it, then by the new one', async () => {
    scene.gains = { 91: 0.7 };
    const { here, there } = await inBoth([TOMAS, YUKI]);
    expect(here.media.gains.get('voice-of-1')).toBe(0.7);
    // Yuki has left the old one before.
    expect(Object.fromEntries(there.media.gains)).toEqual({ 'voice-of-1': 0, 'voice-of-2': 1 });
    here.socket.tell(partOf('1'));
    expect(there.media.gains.get('voice-of-1')).toBe(0.7);
  });

  test('is kept for those who have not come yet, but not for ever', async () => {
    const { here, there } = await inBoth([]);
    await vi.advanceTimersByTimeAsync(LONGEST_MS - 500);
    expect(here.media.isClosed).toBe(false);
    expect(here.media.heard).toContain('voice-of-1');
    await vi.advanceTimersByTimeAsync(500);
    expect(here.media.isClosed).toBe(true);
    there.socket.tell({ method: 'peerJoined', data: { peer: TOMAS } });
    expect(there.media.gains.get('voice-of-1')).toBe(1);
  });

  test.each(['replaced', 'disconnected', 'access_lost', 'going_away'] as const)(
    'may say %s when one has left it: the call goes on',
    async (late) => {
      const { here, there } = await inBoth();
      here.socket.hooks.onClose(VOICE_CLOSE_CODES[late].code);
      await vi.advanceTimersByTimeAsync(LONGEST_MS);
      expect(scene.state).toMatchObject({ phase: 'connected', failure: undefined });
      expect(there.media.isClosed).toBe(false);
      expect(there.media.gains.get('voice-of-1')).toBe(1);
      expect(scene.tickets).toHaveLength(2);
    },
  );

  test('mute, volume and microphone reach both meanwhile', async () => {
    const { call, here, there } = await inBoth();
    call.setMuted(true);
    expect([here.media.isMuted, there.media.isMuted]).toEqual([true, true]);
    scene.gains = { 91: 0.2 };
    call.changeGain('91');
    expect(here.media.gains.get('voice-of-1')).toBe(0.2);
    expect(there.media.gains.get('voice-of-1')).toBe(0);
  });

  test('what one shares goes along, and is shown once', async () => {
    const { call, here } = await toldToGo();
    const track = Object.assign(new EventTarget(), {}) as MediaStreamTrack; // As much of it as is used.
    call.share('camera', track);
    await settle();
    socket().tell(welcome([TOMAS]));
    await settle();
    expect(media().sharing.get('camera')).toBe(track);
    expect(scene.state.shared).toEqual([
      { userId: 'self', producerId: 'own-camera', source: 'camera' },
    ]);
    call.unshare('camera');
    await settle();
    expect([here.media.sharing.size, media().sharing.size]).toEqual([0, 0]);
    expect(scene.ended).toEqual([]);
  });

  describe('with a picture one looks at', () => {
    const tomas = () => peer('1', 'Tomas');
    const showing = (producerId: string): PeerInfo => ({
      ...tomas(),
      producers: [
        ...tomas().producers,
        { id: producerId, kind: 'video', source: 'camera', paused: false },
      ],
    });
    const shown = () => scene.state.shared.map(({ producerId }) => producerId);

    async function looking(): Promise<{ call: Call; here: End }> {
      const call = await join();
      socket().tell(welcome([showing('picture-here')]));
      await settle();
      const here = { socket: socket(), media: media() };
      await call.watch('picture-here');
      call.setLayers('picture-here', { spatialLayer: 1 });
      scene.sfuUrl = 'ws://another';
      here.socket.tell({ method: 'nodeClosing', data: {} });
      await settle();
      return { call, here };
    }

    test('it comes from the old one until it comes from the new one, too', async () => {
      const { call, here } = await looking();
      socket().tell(welcome([tomas()]));
      await settle();
      expect(shown()).toEqual(['picture-here']);
      // Tomas shows himself there a moment later: the old one is not left before.
      await vi.advanceTimersByTimeAsync(SURE_MS);
      expect(here.media.isClosed).toBe(false);
      const producer = {
        id: 'picture-there',
        kind: 'video',
        source: 'camera',
        paused: false,
      } as const;
      socket().tell({ method: 'newProducer', data: { peerId: '1', producer } });
      await vi.advanceTimersByTimeAsync(300);
      expect(shown()).toEqual(['picture-here']);
      expect([...media().watched]).toEqual(['picture-there']);
      expect(media().layers.get('picture-there')).toEqual({ spatialLayer: 1 });
      expect(here.media.watched.has('picture-here')).toBe(true);
      await vi.advanceTimersByTimeAsync(SURE_MS);
      expect(here.media.isClosed).toBe(true);
      expect(shown()).toEqual(['picture-there']);
      expect(await call.watch('picture-there')).toMatchObject({ id: 'picture-there' });
    });

    test('who left the old one is seen by the new one', async () => {
      const { here } = await looking();
      socket().tell(welcome([showing('picture-there')]));
      await settle();
      expect(shown()).toEqual(['picture-here']);
      here.socket.tell(partOf('1'));
      expect(shown()).toEqual(['picture-there']);
    });

    test('what one looks away from comes by neither', async () => {
      const { call, here } = await looking();
      socket().tell(welcome([showing('picture-there')]));
      await vi.advanceTimersByTimeAsync(300);
      expect(media().watched.size).toBe(1);
      call.unwatch('picture-here');
      await vi.advanceTimersByTimeAsync(300);
      expect([here.media.watched.size, media().watched.size]).toEqual([0, 0]);
    });

    test('a picture that ended on the way is gone', async () => {
      const { here } = await looking();
      socket().tell(welcome([tomas()]));
      await settle();
      const ended = { peerId: '1', producerId: 'picture-here' };
      here.socket.tell({ method: 'producerClosed', data: ended });
      expect(shown()).toEqual([]);
    });
  });

  test('leaving meanwhile leaves both', async () => {
    const { call, here, there } = await inBoth();
    call.leave();
    for (const end of [here, there]) {
      expect(end.socket.asked.at(-1)?.method).toBe('leave');
      expect(end.media.isClosed).toBe(true);
    }
    expect(scene.line.isStopped).toBe(true);
  });

  test('leaving before one is there leaves nothing behind', async () => {
    const { call, here } = await toldToGo();
    call.leave();
    await settle();
    expect(here.media.isClosed).toBe(true);
    expect(socket()).not.toBe(here.socket);
    expect(socket().isClosed).toBe(true);
  });

  test('the other one closes, too: another is looked for while one is heard here', async () => {
    const { here } = await toldToGo();
    const refused = socket();
    refused.lose(VOICE_CLOSE_CODES.call_failed.code);
    expect(scene.state.phase).toBe('connected');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(socket()).not.toBe(refused);
    expect(here.media.isClosed).toBe(false);
    socket().tell(welcome([TOMAS]));
    await vi.advanceTimersByTimeAsync(SURE_MS + 100);
    expect(scene.state.phase).toBe('connected');
    expect(here.media.isClosed).toBe(true);
    expect(scene.cues).toEqual(['joined']);
  });

  test('no packets get through on the other one: one stays here for as long as it is there', async () => {
    const { here } = await toldToGo();
    scene.sendFails = true;
    socket().tell(welcome([TOMAS]));
    await settle();
    expect(scene.state.phase).toBe('connected');
    expect(here.media.isClosed).toBe(false);
    scene.sendFails = false;
    here.socket.hooks.onClose(VOICE_CLOSE_CODES.going_away.code);
    expect(scene.state.phase).toBe('reconnecting');
    await vi.advanceTimersByTimeAsync(2_000);
    socket().tell(welcome([TOMAS]));
    await settle();
    expect(scene.state.phase).toBe('connected');
    expect(media().gains.get('voice-of-1')).toBe(1);
  });

  test('an api that starts again in that moment is asked again', async () => {
    const { call } = await ticketless();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(scene.state.phase).toBe('connected');
    scene.ticketFails = undefined;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(socket().entrance).toMatchObject({ url: 'ws://another' });
    call.leave();
  });

  /** Told to go while nobody says where. */
  async function ticketless(): Promise<{ call: Call }> {
    const call = await join();
    socket().tell(welcome([TOMAS]));
    await settle();
    scene.sfuUrl = 'ws://another';
    scene.ticketFails = new ApiProblem(503, undefined);
    socket().tell({ method: 'nodeClosing', data: {} });
    return { call };
  }

  test('and there is no other: one joins again where one was', async () => {
    await join();
    socket().tell(welcome([TOMAS]));
    await settle();
    const here = { socket: socket(), media: media() };
    here.socket.tell({ method: 'nodeClosing', data: {} });
    await settle();
    expect(here.media.isClosed).toBe(true);
    expect(scene.state.phase).toBe('reconnecting');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(socket()).not.toBe(here.socket);
    socket().tell(welcome([TOMAS]));
    await settle();
    expect(scene.state.phase).toBe('connected');
  });

  test('who is taken out on the way is out, and the microphone is free', async () => {
    const { here } = await toldToGo();
    const there = socket();
    here.socket.hooks.onClose(VOICE_CLOSE_CODES.disconnected.code);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(scene.state).toMatchObject({ phase: 'failed', failure: 'disconnected' });
    expect(there.isClosed).toBe(true);
    expect(scene.line.isStopped).toBe(true);
  });

  test('who joins from elsewhere on the way is there', async () => {
    const { here } = await toldToGo();
    socket().lose(VOICE_CLOSE_CODES.replaced.code);
    expect(scene.state).toMatchObject({ phase: 'failed', failure: 'replaced' });
    expect(here.media.isClosed).toBe(true);
  });

  test('and so does the next: one goes on from there', async () => {
    const { there } = await inBoth();
    scene.sfuUrl = 'ws://third';
    there.socket.tell({ method: 'nodeClosing', data: {} });
    await settle();
    expect(socket().entrance).toMatchObject({ url: 'ws://third' });
    socket().tell(welcome([TOMAS]));
    await vi.advanceTimersByTimeAsync(SURE_MS + 100);
    expect(there.media.isClosed).toBe(true);
    expect(scene.state.phase).toBe('connected');
    expect(media().gains.get('voice-of-1')).toBe(1);
  });
});
