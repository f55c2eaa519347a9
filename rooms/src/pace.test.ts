import type { Snowflake } from '@harmonium/api/ids';
import type { Message } from '@harmonium/api/message';
import { expect, test } from 'vitest';
import { MAX_TYPISTS, TYPING_TTL_MS } from '../contract/limits.ts';
import { TICKET_RENEWAL_MS } from './lobby.ts';
import { messageOf } from './testing/conversations.ts';
import { settle } from './testing/fake-host.ts';
import {
  channelTicket,
  serverTicket,
  someId,
  someone,
  structureOf,
  textChannel,
} from './testing/people.ts';
import { stillRooms } from './testing/still-rooms.ts';

/* However much is said and however many type: who is told of it, and how often. */

const still = stillRooms();
const ada = someone('ada');
const bob = someone('bob');

test('whoever stays is handed a fresh ticket before the old one ends', async () => {
  const here = channelTicket(ada, someId());
  const client = await still.world.enter(here);
  for (let round = 0; round < 4; round += 1) {
    await still.rooms.host.advance(TICKET_RENEWAL_MS);
    client.send({ type: 'ping' });
  }
  await settle();
  const renewed = client.all('ticket');
  expect(renewed).toHaveLength(4);
  // Twenty minutes in, the first one has ended and the last one has not.
  const first = String(client.all('ready')[0]?.['ticket']);
  expect((await still.world.knock(here, first)).closedBy).toBe('bad_ticket');
  expect(
    (await still.world.knock(here, String(renewed.at(-1)?.['ticket']), 0)).closedBy,
  ).toBeUndefined();
});

test('a user who writes too fast is refused, told how long, and heard again after that', async () => {
  const here = channelTicket(ada, someId());
  const client = await still.world.enter(here);
  for (let at = 0; at < 12; at += 1) client.write(`${at}`);
  await settle();
  expect(client.all('message.created')).toHaveLength(10);
  const rejected = client.all('rejected');
  expect(rejected).toMatchObject([{ code: 'flooding' }, { code: 'flooding' }]);
  await still.rooms.host.advance(Number(rejected[0]?.['retryAfter']) * 1000);
  client.write('again');
  await settle();
  expect(client.all('message.created')).toHaveLength(11);
});

test('typing is repeated while it lasts, and not shown to newcomers after', async () => {
  const id = someId();
  const writer = await still.world.enter(channelTicket(ada, id));
  const reader = await still.world.enter(channelTicket(bob, id));
  for (let at = 0; at < 5; at += 1) writer.send({ type: 'typing.start' });
  await settle();
  expect(reader.all('typing')).toHaveLength(1);
  await still.rooms.host.advance(TYPING_TTL_MS / 2);
  writer.send({ type: 'typing.start' });
  await settle();
  expect(reader.all('typing')).toHaveLength(2);
  await still.rooms.host.advance(TYPING_TTL_MS + 1);
  const late = await still.world.enter(channelTicket(someone('cy'), id));
  expect(late.all('typing')).toEqual([]);
});

test('of a crowd that types some are told, and others once those are done', async () => {
  const id = someId();
  const reader = await still.world.enter(channelTicket(bob, id));
  const crowd = Array.from({ length: MAX_TYPISTS + 5 }, () => someone('crowd'));
  const writers = [];
  for (const user of crowd) writers.push(await still.world.enter(channelTicket(user, id)));
  for (const writer of writers) writer.send({ type: 'typing.start' });
  await settle();
  expect(reader.all('typing')).toHaveLength(MAX_TYPISTS);
  writers[0]?.write('done');
  await settle();
  writers.at(-1)?.send({ type: 'typing.start' });
  await settle();
  expect(reader.all('typing').at(-1)).toMatchObject({ userId: crowd.at(-1)?.id });
});

test('however many channels are busy, a member is told of all of them once a second', async () => {
  const names = ['one', 'two', 'three', 'four'];
  const structure = structureOf(ada, (serverId) =>
    names.map((name) => textChannel(serverId, name)),
  );
  const { id } = structure.server;
  still.rooms.api.structures.set(id, structure);
  const member = await still.world.enter(serverTicket(bob, id));
  await still.rooms.host.advance(5_000);
  const latest = new Map<string, Snowflake>();
  const say = (channelId: Snowflake, users: Snowflake[] = []) => {
    const messageId = someId();
    latest.set(channelId, messageId);
    const naming = { messageId, authorId: ada.id, users, roles: [], anyRole: false };
    const namings = users.length === 0 ? [] : [naming];
    const stir = { type: 'activity' as const, channelId, messageId, authorId: ada.id, namings };
    return still.rooms.publisher.publish('server', id, [stir]);
  };
  let tellings = 0;
  let atOnce = 0;
  for (let tenth = 0; tenth < 30; tenth += 1) {
    const before = member.heard.length;
    for (const channel of structure.channels) await say(channel.id, tenth === 1 ? [bob.id] : []);
    if (tenth === 12) (await still.world.enter(serverTicket(someone('new'), id))).leave();
    await settle();
    if (tenth === 0) atOnce = member.all('activity').length;
    await still.rooms.host.advance(100);
    if (member.heard.length > before) tellings += 1;
  }
  await still.rooms.host.advance(2_000);
  expect(atOnce).toBe(1);
  expect(tellings).toBeLessThanOrEqual(4);
  for (const { id: channelId } of structure.channels) {
    const told = member.all('activity').filter((event) => event['channelId'] === channelId);
    expect(told.length).toBeGreaterThanOrEqual(3);
    expect(told.length).toBeLessThanOrEqual(5);
    expect(told.at(-1)).toMatchObject({ messageId: latest.get(channelId) });
    // Named by one of several that were told as one.
    const named = member.all('mention').filter((event) => event['channelId'] === channelId);
    expect(named).toHaveLength(1);
  }
});

test('a channel in which much is said tells its server once a second, of the youngest', async () => {
  const structure = structureOf(ada, (serverId) => [textChannel(serverId, 'general')]);
  const { id } = structure.server;
  still.rooms.api.structures.set(id, structure);
  const channelId = structure.channels[0]?.id ?? id;
  const member = await still.world.enter(serverTicket(bob, id));
  const writers = [];
  for (let at = 0; at < 10; at += 1) {
    writers.push(
      await still.world.enter(channelTicket(someone('crowd'), channelId, { serverId: id })),
    );
  }
  for (let tenth = 0; tenth < 30; tenth += 1) {
    for (const writer of writers) if (tenth % 5 === 0) writer.write(`${tenth}`);
    await still.rooms.host.advance(100);
  }
  await still.rooms.host.advance(1_000);
  const told = member.all('activity');
  expect(told.length).toBeGreaterThanOrEqual(3);
  expect(told.length).toBeLessThanOrEqual(5);
  const youngest = writers[0]?.all('message.created').at(-1)?.['message'] as Message;
  expect(told.at(-1)).toMatchObject({ channelId, messageId: youngest.id });
});

test('whoever was named is told that the message was removed, one by one and together', async () => {
  const structure = structureOf(ada, (serverId) => [textChannel(serverId, 'general')]);
  const { id } = structure.server;
  still.rooms.api.structures.set(id, structure);
  const channelId = structure.channels[0]?.id ?? id;
  const member = await still.world.enter(serverTicket(bob, id));
  const writer = await still.world.enter(channelTicket(ada, channelId, { serverId: id }));
  const named: Snowflake[] = [];
  for (let at = 0; at < 3; at += 1) {
    writer.write(`<@${bob.id}> ${at}`);
    named.push(messageOf(await writer.next('message.created')).id);
    await still.rooms.host.advance(2_000);
  }
  expect(member.all('mention')).toHaveLength(3);
  const [first, ...rest] = named;
  writer.send({ type: 'message.remove', id: first });
  await still.rooms.host.advance(2_000);
  const purge = { type: 'purge' as const, ids: rest, by: ada.id };
  await still.rooms.publisher.publish('main', channelId, [purge]);
  await still.rooms.host.advance(2_000);
  expect(member.all('mention.removed').map(({ messageId }) => messageId)).toEqual(named);
  const back = await still.world.enter(serverTicket(bob, id));
  expect(back.all('ready')[0]?.['mentions']).toEqual([]);
});
