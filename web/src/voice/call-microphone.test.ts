import { expect, test } from 'vitest';
import { callScene, FakeLine } from './testing/call-scene.ts';

const scene = callScene();
const { joined, media, settle, socket } = scene;

test('mute silences and is told; deafen also mutes; unmute opens the ears again', async () => {
  const call = await joined();
  call.setMuted(true);
  expect(media().isMuted).toBe(true);
  expect(socket().last('setState')).toEqual({ muted: true, deafened: false });
  call.setMuted(false);
  call.setDeafened(true);
  expect(media()).toMatchObject({ isMuted: true, isDeafened: true });
  expect(socket().last('setState')).toEqual({ muted: true, deafened: true });
  call.setMuted(false);
  expect(media()).toMatchObject({ isMuted: false, isDeafened: false });
});

test('a microphone that is unplugged gives way to another, which is named', async () => {
  await joined();
  const first = scene.line;
  scene.line = new FakeLine();
  scene.line.label = 'USB';
  first.unplug();
  await settle();
  expect(first.isStopped).toBe(true);
  expect(scene.state).toMatchObject({ microphone: 'on', microphoneName: 'USB' });
  expect(scene.others).toEqual(['USB']);
});

test('when the only microphone is unplugged one listens on, and speaks when it is back', async () => {
  const call = await joined();
  scene.microphone = () => Promise.resolve({ problem: 'none' });
  scene.line.unplug();
  await settle();
  expect(scene.state).toMatchObject({ phase: 'connected', microphone: 'none', microphoneName: '' });
  scene.microphone = () => Promise.resolve({ line: scene.line });
  await call.changeMicrophone();
  expect(scene.state.microphone).toBe('on');
  expect(scene.others).toEqual([]);
});
