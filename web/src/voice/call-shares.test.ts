import { VOICE_CLOSE_CODES } from '@harmonium/sfu/close-codes';
import { describe, expect, test, vi } from 'vitest';
import { callScene } from './testing/call-scene.ts';
import { welcome } from './testing/fake-sfu.ts';

const GOING_AWAY = VOICE_CLOSE_CODES.going_away.code;
const scene = callScene();
const { joined, media, settle, socket } = scene;

describe('what one shares', () => {
  const track = () => Object.assign(new EventTarget(), {}) as MediaStreamTrack; // As much of it as is used.
  const camera = { id: 'cam', kind: 'video' as const, source: 'camera' as const, paused: false };

  test('is sent and shown among what everyone shares, and is gone again', async () => {
    const call = await joined();
    socket().tell({ method: 'newProducer', data: { peerId: '1', producer: camera } });
    call.share('screen', track());
    await settle();
    expect(scene.state.shared).toEqual([
      { userId: 'self', producerId: 'own-screen', source: 'screen' },
      { userId: '91', producerId: 'cam', source: 'camera' },
    ]);
    // Looked at by whoever wants to, unlike voices.
    expect(media().heard).not.toContain('cam');
    call.unshare('screen');
    socket().tell({ method: 'producerClosed', data: { peerId: '1', producerId: 'cam' } });
    await settle();
    expect(scene.state.shared).toEqual([]);
    expect(media().sharing.size).toBe(0);
    expect(scene.ended).toEqual([]);
  });

  test('ends with its track, as when the browser’s own bar stops it', async () => {
    const call = await joined();
    const screen = track();
    call.share('screen', screen);
    await settle();
    screen.dispatchEvent(new Event('ended'));
    await settle();
    expect(scene.state.shared).toEqual([]);
    expect(scene.ended).toEqual([['screen', 'ended']]);
  });

  test('ends when it is not allowed any more', async () => {
    const call = await joined();
    call.share('camera', track());
    await settle();
    socket().tell({ method: 'permissions', data: { canSpeak: true, canStream: false } });
    await settle();
    expect(scene.state).toMatchObject({ canStream: false, shared: [] });
    expect(scene.ended).toEqual([['camera', 'not_permitted']]);
  });

  test('is told of when the sfu takes it not', async () => {
    const call = await joined();
    media().shareFails = true;
    call.share('camera', track());
    await settle();
    expect(scene.state.shared).toEqual([]);
    expect(scene.ended).toEqual([['camera', 'failed']]);
  });

  test('is turned off while it is being turned on, and stays off', async () => {
    const call = await joined();
    call.share('camera', track());
    call.unshare('camera');
    await settle();
    expect(scene.state.shared).toEqual([]);
    expect(media().sharing.size).toBe(0);
  });

  test('is there again when the call was joined anew', async () => {
    const call = await joined();
    call.share('camera', track());
    await settle();
    socket().hooks.onClose(GOING_AWAY);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(scene.state.shared).toEqual([]);
    socket().tell(welcome());
    await settle();
    expect(scene.state.shared).toMatchObject([{ userId: 'self', source: 'camera' }]);
  });
});
