import { VOICE_CLOSE_CODES } from '@harmonium/sfu/close-codes';
import { describe, expect, test, vi } from 'vitest';
import type { Call } from './call.ts';
import { callScene } from './testing/call-scene.ts';
import { peer, resumed, welcome } from './testing/fake-sfu.ts';

const GOING_AWAY = VOICE_CLOSE_CODES.going_away.code;
/** No close frame arrived. */
const LOST = 1006;
const scene = callScene();
const { join, joined, media, settle, socket } = scene;

test('who comes later is heard, and who leaves is not', async () => {
  await joined();
  socket().tell({
    method: 'peerJoined',
    data: { peer: { ...peer('2', 'Yuki'), producers: [] } },
  });
  const producer = { id: 'yuki', kind: 'audio' as const, source: 'mic' as const, paused: false };
  socket().tell({ method: 'newProducer', data: { peerId: '2', producer } });
  expect([...media().heard]).toEqual(['voice-of-1', 'yuki']);
  socket().tell({ method: 'peerLeft', data: { peerId: '2' } });
  expect([...media().heard]).toEqual(['voice-of-1']);
});

test('coming, going and a lost connection are heard', async () => {
  await joined();
  socket().tell({ method: 'peerJoined', data: { peer: peer('2', 'Yuki') } });
  socket().tell({ method: 'peerLeft', data: { peerId: '2' } });
  socket().hooks.onClose(GOING_AWAY);
  expect(scene.cues).toEqual(['joined', 'joined', 'left', 'lost']);
});

test('each person is as loud as was chosen for them, whoever comes when', async () => {
  scene.gains = { 91: 0.3 };
  const call = await joined();
  expect(media().gains.get('voice-of-1')).toBe(0.3);
  socket().tell({ method: 'peerJoined', data: { peer: peer('2', 'Yuki') } });
  expect(media().gains.get('voice-of-2')).toBe(1);
  scene.gains = { 91: 0.3, 92: 1.8 };
  call.changeGain('92');
  expect(Object.fromEntries(media().gains)).toEqual({ 'voice-of-1': 0.3, 'voice-of-2': 1.8 });
});

test('speaking levels belong to people', async () => {
  await joined();
  socket().tell({ method: 'speaking', data: { levels: { '1': 0.5 } } });
  expect(scene.state.levels).toEqual({ 91: 0.5 });
});

test('whose voice arrives with gaps is marked', async () => {
  await joined();
  media().lossByProducer.set('voice-of-1', 0.2);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(scene.state.weak).toEqual(['91']);
  media().lossByProducer.clear();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(scene.state.weak).toEqual([]);
});

describe('a large call', () => {
  const TOMAS = { ...peer('1', 'Tomas'), producers: [] };
  const YUKI = { ...peer('2', 'Yuki'), producers: [] };

  async function large(): Promise<Call> {
    const call = await join();
    const stage = [
      { producerId: 'slot-1', peerId: '1' },
      { producerId: 'slot-2', peerId: null },
    ];
    socket().tell(welcome([TOMAS, YUKI], true, { stage }));
    await settle();
    return call;
  }

  test('is heard by its slots, each as loud as the one who speaks by it', async () => {
    scene.gains = { 91: 0.3, 92: 0 };
    const call = await large();
    expect(Object.fromEntries(media().gains)).toEqual({ 'slot-1': 0.3, 'slot-2': 1 });
    socket().tell({ method: 'stageChanged', data: { producerId: 'slot-2', peerId: '2' } });
    expect(media().gains.get('slot-2')).toBe(0);
    scene.gains = { 91: 0.3, 92: 1.5 };
    call.changeGain('92');
    expect(Object.fromEntries(media().gains)).toEqual({ 'slot-1': 0.3, 'slot-2': 1.5 });
    socket().tell({ method: 'stageChanged', data: { producerId: 'slot-2', peerId: null } });
    expect(media().gains.get('slot-2')).toBe(1);
  });

  test('tells whose voice arrives with gaps', async () => {
    await large();
    media().lossByProducer.set('slot-1', 0.2);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(scene.state.weak).toEqual(['91']);
  });

  test('grows out of a small one: the slots come, then the microphones go', async () => {
    await joined();
    const slot = { producerId: 'slot-1', peerId: '1' };
    socket().tell({ method: 'stageOpened', data: { stage: [slot] } });
    expect([...media().heard]).toEqual(['voice-of-1', 'slot-1']);
    const gone = { peerId: '1', producerId: 'voice-of-1' };
    socket().tell({ method: 'producerClosed', data: gone });
    expect([...media().heard]).toEqual(['slot-1']);
  });

  test('that grew while one was away is heard after it', async () => {
    await joined();
    socket().lose(LOST);
    await settle();
    const stage = [{ producerId: 'slot-1', peerId: null }];
    socket().tell(resumed([TOMAS], { stage }));
    expect([...media().heard]).toEqual(['slot-1']);
  });
});
