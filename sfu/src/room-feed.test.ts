import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RoomFeed } from './room-feed.ts';
import { LOUNGE, RecordingLog, RecordingRooms, SERVER, voiceTicket } from './testing/call-bench.ts';

let rooms: RecordingRooms;
let feed: RoomFeed;
beforeEach(() => {
  vi.useFakeTimers();
  rooms = new RecordingRooms();
  feed = new RoomFeed({ rooms, log: new RecordingLog(), node: 'one' });
});
afterEach(() => void vi.useRealTimers());

const { id: userId } = voiceTicket('anna').user;
const leave = () =>
  feed.publish('server', SERVER, { type: 'voice.left', channelId: LOUNGE, userId });

test('who leaves is told of at once', async () => {
  leave();
  await vi.advanceTimersByTimeAsync(0);
  expect(rooms.told).toMatchObject([{ type: 'voice.left', node: 'one' }]);
});

test('while people go on to another node, it has the first word', async () => {
  feed.holdLeaves();
  leave();
  await vi.advanceTimersByTimeAsync(400);
  expect(rooms.told).toEqual([]);
  await vi.advanceTimersByTimeAsync(100);
  expect(rooms.told).toMatchObject([{ type: 'voice.left', node: 'one' }]);
});

test('what is held is told before the end', async () => {
  feed.holdLeaves();
  leave();
  const closed = feed.close(1_000);
  await vi.advanceTimersByTimeAsync(1_000);
  await closed;
  expect(rooms.told).toHaveLength(1);
});
