import { expect, test } from 'vitest';
import type { Log } from '../host.ts';
import { nodeRooms } from '../testing/node-rooms.ts';
import { channelTicket, someId, someone } from '../testing/people.ts';
import { World } from '../testing/world.ts';
import { createLog } from './log.ts';

test('a line says which room it is about, and whose frame a room failed at', async () => {
  const lines: object[] = [];
  const write = (fields: object, message: string) => lines.push({ message, ...fields });
  const log: Log = { debug() {}, info() {}, warn: write, error: write };
  const bug = new Error('a bug');
  let isBroken = false;
  const now = () => {
    if (!isBroken) return Date.now();
    isBroken = false;
    throw bug;
  };
  const rooms = await nodeRooms({ log, now });
  const [ada, room] = [someone('ada'), someId()];
  try {
    const client = await new World(rooms).enter(channelTicket(ada, room));
    isBroken = true;
    client.write('what I said');
    const failed = { message: 'a room failed at an event', party: 'main', room, userId: ada.id };
    const line = { ...failed, connection: expect.any(String), error: bug };
    await expect.poll(() => lines).toContainEqual(line);

    rooms.api.down = true;
    client.write('what I said');
    await client.next('message.created');
    const waits = { message: 'outbox waits for api', party: 'main', room };
    await expect.poll(() => lines).toContainEqual(expect.objectContaining(waits));
    expect(JSON.stringify(lines)).not.toContain('what I said');
  } finally {
    rooms.api.down = false;
    await rooms.close();
  }
});

test('a line says what an error was, and of which request', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => lines.push(line) });
  const error = new Error('a bug', { cause: new Error('its cause') });
  log.warn({ error: Object.assign(error, { requestId: 'a' }) }, 'api was not asked');
  const { message, stack, requestId } = JSON.parse(lines.join('')).error;
  expect(message).toBe('a bug: its cause');
  expect(stack).toContain('log.test.ts');
  expect(requestId).toBe('a');
});
