import { expect, test } from 'vitest';
import { fakeRooms } from './testing/fake-rooms.ts';
import { channelTicket, someId, someone } from './testing/people.ts';
import { World } from './testing/world.ts';

test('an edit that was under way when its channel was deleted is stored nowhere', async () => {
  const rooms = fakeRooms({ ticking: false });
  const world = new World(rooms);
  const channelId = someId();
  const here = channelTicket(someone('ada'), channelId);
  const ada = await world.enter(here);
  const createdAt = new Date(0).toISOString();
  const old = { id: someId(), channelId, author: here.user, content: 'old', createdAt };
  let answer = () => {};
  rooms.api.message = () =>
    new Promise((resolve) => {
      answer = () => resolve({ ...old, editedAt: null, removedAt: null });
    });
  ada.send({ type: 'message.edit', nonce: 'e', id: old.id, content: 'the last words' });
  await rooms.publisher.publish('main', channelId, [{ type: 'room.removed' }]);
  expect(await ada.end()).toBe('room_removed');
  answer();
  await rooms.host.advance(1_000);
  expect(rooms.host.storage('main', channelId).dump()).not.toContain('the last words');
  await rooms.close();
});
