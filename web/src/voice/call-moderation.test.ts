import { VOICE_CLOSE_CODES } from '@harmonium/sfu/close-codes';
import { expect, test, vi } from 'vitest';
import { callScene } from './testing/call-scene.ts';
import { peer, welcome } from './testing/fake-sfu.ts';

const scene = callScene();
const { join, joined, media, settle, socket } = scene;

test('a moderator’s mute holds whatever one’s own button says', async () => {
  const call = await joined();
  socket().tell({ method: 'serverMuted', data: { muted: true, deafened: false } });
  call.setMuted(false);
  expect(media().isMuted).toBe(true);
  socket().tell({ method: 'serverMuted', data: { muted: false, deafened: false } });
  expect(media().isMuted).toBe(false);
});

test('whom a moderator muted is known, and so is that it was lifted', async () => {
  const silenced = { ...peer('1', 'Tomas'), serverMuted: true };
  await join();
  socket().tell(welcome([silenced, peer('2', 'Yuki')]));
  await settle();
  expect(scene.state.moderated).toEqual({ 91: { muted: true, deafened: false } });
  const free = { muted: false, deafened: false, serverMuted: false, serverDeafened: false };
  socket().tell({
    method: 'peerState',
    data: { ...free, peerId: '2', serverDeafened: true },
  });
  socket().tell({ method: 'peerState', data: { ...free, peerId: '1' } });
  expect(scene.state.moderated).toEqual({ 92: { muted: false, deafened: true } });
});

test('deafened by a moderator one hears nothing, whatever one’s own button says', async () => {
  const call = await joined();
  socket().tell({ method: 'serverMuted', data: { muted: false, deafened: true } });
  expect(media().isDeafened).toBe(true);
  call.setDeafened(false);
  expect(media().isDeafened).toBe(true);
  socket().tell({ method: 'serverMuted', data: { muted: false, deafened: false } });
  expect(media().isDeafened).toBe(false);
});

test('who is taken out of the call by a moderator is told, and stays out', async () => {
  await joined();
  socket().hooks.onClose(VOICE_CLOSE_CODES.disconnected.code);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(scene.state).toMatchObject({ phase: 'failed', failure: 'disconnected' });
  expect(scene.tickets).toHaveLength(1);
});

test('being moved leads to the other channel', async () => {
  await joined();
  socket().tell({ method: 'moved', data: { channelId: 'stage' } });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(scene.tickets).toEqual(['lounge', 'stage']);
  expect(scene.state.channelId).toBe('stage');
});

test('who comes to be allowed to speak is heard without joining anew', async () => {
  const call = await joined();
  socket().tell({ method: 'permissions', data: { canSpeak: false, canStream: false } });
  expect(scene.state.canSpeak).toBe(false);
  const before = media();
  socket().tell({ method: 'permissions', data: { canSpeak: true, canStream: true } });
  await settle();
  expect(scene.state).toMatchObject({ phase: 'connected', canSpeak: true });
  expect(media()).toBe(before);
  expect(media().isSending).toBe(true);
  call.leave();
});
