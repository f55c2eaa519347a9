import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodeRooms, type NodeRooms } from '../testing/node-rooms.ts';
import { channelTicket, someId, someone } from '../testing/people.ts';
import { World } from '../testing/world.ts';

const channelId = someId();
const ada = channelTicket(someone('ada'), channelId);
let rooms: NodeRooms;
let world: World;

beforeEach(async () => {
  rooms = await nodeRooms();
  world = new World(rooms);
});
afterEach(() => rooms.close());

async function value(name: string, labels: Record<string, string> = {}): Promise<number> {
  const registry = await rooms.host.metrics();
  for (const metric of await registry.getMetricsAsJSON()) {
    for (const each of metric.values) {
      const named = 'metricName' in each ? each.metricName : metric.name;
      const fits = Object.entries(labels).every(([label, is]) => each.labels[label] === is);
      if (named === `harmonium_rooms_${name}` && fits) return each.value;
    }
  }
  return 0;
}
const main = { party: 'main' };

test('who is connected and what is said is counted', async () => {
  const client = await world.enter(ada);
  await world.enter(channelTicket(someone('bob'), channelId));
  const before = await value('frames_out_total', main);
  const bytes = await value('bytes_out_total', main);
  client.write('hello');
  await client.next('message.created');

  expect(await value('connections', main)).toBe(2);
  expect(await value('in_memory', main)).toBe(1);
  expect(await value('connections', { party: 'server' })).toBe(0);
  expect(await value('admitted_total', main)).toBe(2);
  expect(await value('frames_in_total', main)).toBe(1);
  expect(await value('frames_out_total', main)).toBe(before + 2);
  expect(await value('bytes_out_total', main)).toBeGreaterThan(bytes + 2 * 200);
  const { ticks } = rooms.host.stats();
  expect(await value('tick_seconds_count')).toBe(ticks);
  // Of the ticks in which something was written.
  expect(await value('commit_seconds_count')).toBeGreaterThan(0);
  expect(await value('commit_seconds_count')).toBeLessThanOrEqual(ticks);
  expect(await value('tick_seconds_sum')).toBeGreaterThan(0);
});

test('whoever comes back with what they missed is told from who is shown everything', async () => {
  const client = await world.enter(ada);
  client.write('hello');
  await client.next('message.created');
  client.leave();
  await world.enter(ada, '0');
  expect(await value('entered_total', { by: 'snapshot' })).toBe(1);
  expect(await value('entered_total', { by: 'resume' })).toBe(1);
});

test('refusals are told apart by their reason', async () => {
  const client = await world.enter(ada);
  client.send({ type: 'nothing known' });
  await client.next('rejected');
  expect(await value('rejected_total', { ...main, code: 'invalid' })).toBe(1);

  const stranger = await world.knock(ada, 'no ticket');
  await stranger.end();
  expect(await value('refused_total', { ...main, reason: 'bad_ticket' })).toBe(1);
  client.sendText('no json');
  await client.end();
  expect(await value('closed_total', { ...main, reason: 'bad_frame' })).toBe(1);

  await rooms.publisher.publish('main', channelId, [
    {
      type: 'accept',
      author: someone('bot'),
      sessionId: someId(),
      permissions: '0',
      event: { type: 'message.send', content: 'hello' },
    },
  ]);
  expect(await value('rejected_total', { ...main, code: 'missing_permission' })).toBe(1);
});

test('what api does not take is seen, with its age, until it does', async () => {
  let isAway = true;
  const took: number[] = [];
  rooms.api.storeOutbox = async (_, entries) => {
    if (isAway) throw new Error('away');
    took.push(entries.length);
    return true;
  };
  const client = await world.enter(ada);
  client.write('hello');
  await client.next('message.created');
  expect(await value('outbox_events')).toBe(1);
  await expect.poll(() => value('outbox_oldest_seconds')).toBeGreaterThan(0.1);
  isAway = false;
  await expect.poll(() => value('outbox_events'), { timeout: 4_000 }).toBe(0);
  expect(took).toEqual([1]);
  expect(await value('outbox_oldest_seconds')).toBe(0);
});
