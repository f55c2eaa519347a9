import { VOICE_CLOSE_CODES } from '@harmonium/sfu/close-codes';
import { expect, test, vi } from 'vitest';
import { callScene } from './testing/call-scene.ts';

const scene = callScene();
const { create, joined, settle, socket } = scene;

test('leaving is told, and stops the microphone', async () => {
  const call = await joined();
  call.leave();
  expect(socket().asked.at(-1)?.method).toBe('leave');
  expect(socket().isClosed).toBe(true);
  expect(scene.line.isStopped).toBe(true);
});

test('leaving while the browser still asks for the microphone never opens it', async () => {
  let admit = (): void => {};
  scene.microphone = () =>
    new Promise((resolve) => {
      admit = () => resolve({ line: scene.line });
    });
  const call = create();
  const starting = call.start();
  await settle();
  call.leave();
  admit();
  await starting;
  expect(socket().isClosed).toBe(true);
  expect(scene.line.isStopped).toBe(true);
});

test('joining from elsewhere ends it here, and frees the microphone', async () => {
  await joined();
  socket().hooks.onClose(VOICE_CLOSE_CODES.replaced.code);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(scene.state).toMatchObject({ phase: 'failed', failure: 'replaced' });
  expect(scene.tickets).toHaveLength(1);
  expect(scene.line.isStopped).toBe(true);
});
